package dev.sluice.server;

import dev.sluice.statement.CallerLimits;
import dev.sluice.statement.LimitsByCaller;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Section {@code limits}, which InfluxDB does not have: how much single users may do. A user's own entry counts, else the
 * best of those of the user's roles, else the defaults. Admins have no limits.
 *
 * @param defaults Limits of users who have no entry of their own and no role with one.
 * @param users Limits by the names of users.
 * @param roles Limits by the names of roles.
 */
public record LimitProperties(
        @DefaultValue Entry defaults,
        @DefaultValue Map<String, Entry> users,
        @DefaultValue Map<String, Entry> roles) {

    /**
     * Limits; 0 is none.
     *
     * @param maxConcurrentQueries Most queries at a time.
     * @param queryTimeout How long a query may run.
     * @param maxSelectPoint Most points a SELECT may read.
     * @param maxSelectSeries Most series a SELECT may read.
     * @param maxSelectBuckets Most time windows a SELECT may make.
     * @param maxQueryMemory Most memory of a query: bytes, or a part of the heap (10%).
     * @param maxWritesPerSecond Most writes a second, on average.
     */
    public record Entry(
            @DefaultValue("0") int maxConcurrentQueries,
            @DefaultValue("0s") InfluxDuration queryTimeout,
            @DefaultValue("0") long maxSelectPoint,
            @DefaultValue("0") long maxSelectSeries,
            @DefaultValue("0") long maxSelectBuckets,
            @DefaultValue("0") HeapSize maxQueryMemory,
            @DefaultValue("0") int maxWritesPerSecond) {

        public Entry {
            InfluxProperties.count("limits.….max-concurrent-queries", maxConcurrentQueries);
            InfluxProperties.count("limits.….max-select-point", maxSelectPoint);
            InfluxProperties.count("limits.….max-select-series", maxSelectSeries);
            InfluxProperties.count("limits.….max-select-buckets", maxSelectBuckets);
            InfluxProperties.count("limits.….max-writes-per-second", maxWritesPerSecond);
        }

        private CallerLimits toLimits() {
            return new CallerLimits(
                    maxConcurrentQueries,
                    queryTimeout.nanos(),
                    maxSelectPoint,
                    maxSelectSeries,
                    maxSelectBuckets,
                    maxQueryMemory.bytes(),
                    maxWritesPerSecond);
        }
    }

    LimitsByCaller toLimits() {
        CallerLimits others = defaults.toLimits();
        if (users.isEmpty() && roles.isEmpty() && others.equals(CallerLimits.NONE)) {
            return LimitsByCaller.NONE;
        }
        return new LimitsByCaller(toLimits(users), toLimits(roles), others);
    }

    private static Map<String, CallerLimits> toLimits(Map<String, Entry> entries) {
        return entries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toLimits()));
    }
}
