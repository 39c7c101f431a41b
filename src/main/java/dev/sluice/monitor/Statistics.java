package dev.sluice.monitor;

import java.util.List;

/** The statistics of all parts of the service, in the order in which they are shown. Thread-safe. */
public final class Statistics {

    private final List<StatisticsSource> sources;

    /** Statistics of the given sources, shown in this order. */
    public Statistics(List<StatisticsSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Those of one name; empty when there are none. */
    public List<Statistic> named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).toList();
    }

    /** All there are. */
    public List<Statistic> all() {
        return sources.stream().flatMap(source -> source.statistics().stream()).toList();
    }
}
