package dev.sluice.model;

/** The unit of a timestamp on the wire. */
public enum Precision {
    NANOSECONDS(1L),
    MICROSECONDS(1_000L),
    MILLISECONDS(1_000_000L),
    SECONDS(1_000_000_000L),
    MINUTES(60_000_000_000L),
    HOURS(3_600_000_000_000L);

    private final long nanos;

    Precision(long nanos) {
        this.nanos = nanos;
    }

    /** Nanoseconds in one unit. */
    public long nanos() {
        return nanos;
    }

    /** A timestamp in this unit, truncated toward zero as InfluxDB's {@code epoch} parameter does. */
    public long fromNanos(long timestampNanos) {
        return timestampNanos / nanos;
    }
}
