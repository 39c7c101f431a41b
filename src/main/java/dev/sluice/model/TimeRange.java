package dev.sluice.model;

/**
 * A range of timestamps in nanoseconds since the Unix epoch, both ends inclusive. Empty when the minimum exceeds the
 * maximum.
 *
 * @param minNanos first timestamp inside
 * @param maxNanos last timestamp inside
 */
public record TimeRange(long minNanos, long maxNanos) {

    /** The smallest timestamp a point may have (the two below it are reserved, as in InfluxDB). */
    public static final long MIN_TIMESTAMP = Long.MIN_VALUE + 2;

    /** The largest timestamp a point may have. */
    public static final long MAX_TIMESTAMP = Long.MAX_VALUE - 1;

    /** Every timestamp a point may have. */
    public static final TimeRange ALL = new TimeRange(MIN_TIMESTAMP, MAX_TIMESTAMP);

    /** The smallest range that covers both. */
    public TimeRange hull(TimeRange other) {
        return new TimeRange(Math.min(minNanos, other.minNanos), Math.max(maxNanos, other.maxNanos));
    }

    /** Whether no timestamp lies in it. */
    public boolean isEmpty() {
        return minNanos > maxNanos;
    }

    public boolean contains(long timestampNanos) {
        return timestampNanos >= minNanos && timestampNanos <= maxNanos;
    }

    /** Whether every timestamp of {@code other} lies in this range. */
    public boolean contains(TimeRange other) {
        return other.minNanos >= minNanos && other.maxNanos <= maxNanos;
    }

    public boolean overlaps(TimeRange other) {
        return minNanos <= other.maxNanos && other.minNanos <= maxNanos;
    }

    /** The timestamps in both; possibly empty. */
    public TimeRange intersect(TimeRange other) {
        return new TimeRange(Math.max(minNanos, other.minNanos), Math.min(maxNanos, other.maxNanos));
    }
}
