package dev.sluice.monitor;

import java.util.List;
import java.util.Map;

/** The statistics of all parts of the service, in the order in which they are shown. Thread-safe. */
public final class Statistics {

    private final List<StatisticsSource> sources;
    private final Map<String, StatisticsSource> onRequest;

    /**
     * Statistics of the given sources.
     *
     * @param sources shown in this order
     * @param onRequest by the names for which alone they are asked, as they take long to make
     */
    public Statistics(List<StatisticsSource> sources, Map<String, StatisticsSource> onRequest) {
        this.sources = List.copyOf(sources);
        this.onRequest = Map.copyOf(onRequest);
    }

    /** Those of one name; empty when there are none. */
    public List<Statistic> named(String name) {
        StatisticsSource requested = onRequest.get(name);
        return requested == null
                ? all().stream().filter(each -> each.name().equals(name)).toList()
                : requested.statistics();
    }

    /** All there are but those that are made on request. */
    public List<Statistic> all() {
        return sources.stream().flatMap(source -> source.statistics().stream()).toList();
    }
}
