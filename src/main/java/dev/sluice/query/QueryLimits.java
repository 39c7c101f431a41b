package dev.sluice.query;

/**
 * Ceilings for one query, as the {@code [coordinator]} section sets them; 0 means none. InfluxDB has all but that of memory.
 *
 * @param maxSelectPoints points read
 * @param maxSelectSeries series read, counted per shard
 * @param maxSelectBuckets buckets of GROUP BY time()
 * @param maxMemoryBytes heap that rows and states take, see {@link MemoryAccount}
 */
public record QueryLimits(long maxSelectPoints, long maxSelectSeries, long maxSelectBuckets, long maxMemoryBytes) {

    /** No ceilings. */
    public static final QueryLimits NONE = new QueryLimits(0, 0, 0);

    /** Ceilings without one for memory. */
    public QueryLimits(long maxSelectPoints, long maxSelectSeries, long maxSelectBuckets) {
        this(maxSelectPoints, maxSelectSeries, maxSelectBuckets, 0);
    }
}
