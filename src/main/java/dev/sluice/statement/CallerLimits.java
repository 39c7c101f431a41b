package dev.sluice.statement;

import dev.sluice.query.QueryLimits;

/**
 * How much one user may do at a time; 0 is no limit. They apply beside the limits of the service.
 *
 * @param concurrentQueries queries at a time
 * @param queryTimeoutNanos how long a query may take
 * @param selectPoints points a SELECT may read
 * @param selectSeries series a SELECT may read
 * @param selectBuckets time windows a SELECT may make
 * @param queryMemoryBytes heap a query may keep rows and states in
 * @param writesPerSecond writes a second, on average
 */
public record CallerLimits(
        int concurrentQueries,
        long queryTimeoutNanos,
        long selectPoints,
        long selectSeries,
        long selectBuckets,
        long queryMemoryBytes,
        int writesPerSecond) {

    /** No limits. */
    public static final CallerLimits NONE = new CallerLimits(0, 0, 0, 0, 0, 0, 0);

    /** What a query may do under these and the limits of the service: the narrower of each two. */
    public QueryLimits within(QueryLimits service) {
        if (this == NONE) {
            return service;
        }
        return new QueryLimits(
                narrower(selectPoints, service.maxSelectPoints()),
                narrower(selectSeries, service.maxSelectSeries()),
                narrower(selectBuckets, service.maxSelectBuckets()),
                narrower(queryMemoryBytes, service.maxMemoryBytes()));
    }

    /** The smaller of two limits. */
    public static long narrower(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private static long wider(long one, long other) {
        return one == 0 || other == 0 ? 0 : Math.max(one, other);
    }

    /** The more generous of each two: a user in two roles has the better of both. */
    public CallerLimits orBetter(CallerLimits other) {
        return new CallerLimits(
                (int) wider(concurrentQueries, other.concurrentQueries),
                wider(queryTimeoutNanos, other.queryTimeoutNanos),
                wider(selectPoints, other.selectPoints),
                wider(selectSeries, other.selectSeries),
                wider(selectBuckets, other.selectBuckets),
                wider(queryMemoryBytes, other.queryMemoryBytes),
                (int) wider(writesPerSecond, other.writesPerSecond));
    }
}
