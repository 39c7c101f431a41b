package dev.sluice.query;

/**
 * Ceilings for one query, as the {@code [coordinator]} section sets them; 0 means none.
 *
 * @param maxSelectPoints points read
 * @param maxSelectSeries series read, counted per shard
 * @param maxSelectBuckets buckets of GROUP BY time()
 */
public record QueryLimits(long maxSelectPoints, long maxSelectSeries, long maxSelectBuckets) {

    /** No ceilings. */
    public static final QueryLimits NONE = new QueryLimits(0, 0, 0);
}
