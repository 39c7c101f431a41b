package dev.sluice.monitor;

import java.util.List;

/** A part of the service that has figures. Safe for use by many threads; asking is cheap enough for every second. */
@FunctionalInterface
public interface StatisticsSource {

    /** The figures of now; none when there is nothing to tell of. */
    List<Statistic> statistics();
}
