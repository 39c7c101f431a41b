package dev.sluice.storage;

import dev.sluice.model.TimeRange;

/**
 * What is known of a batch of rows without decoding it: exact, and free of rows outside the requested range or
 * superseded by later writes.
 */
public interface BatchStatistics {

    int rowCount();

    /** The times of the first and the last row. */
    TimeRange timeRange();

    /** Rows in which the field has a value. The index is that of {@link ScanRequest#fields()}. */
    int valueCount(int field);

    /**
     * Sum of a numeric field's values: for FLOAT the bits of the double that adding them one by one in order of time
     * gives, for INTEGER and UNSIGNED the wrapping sum. Unspecified when {@link #valueCount} is zero.
     */
    long sumBits(int field);

    /** Whether minimum, maximum, first and last below are known for the field (not for strings). */
    boolean hasExtremes(int field);

    /** Smallest value, as {@link dev.sluice.model.PointBatch#fieldBits} encodes it, and the earliest time it has. */
    long minBits(int field);

    long minTimeNanos(int field);

    /** Greatest value and the earliest time it has. */
    long maxBits(int field);

    long maxTimeNanos(int field);

    /** Value and time of the earliest row that has the field. */
    long firstBits(int field);

    long firstTimeNanos(int field);

    /** Value and time of the latest row that has the field. */
    long lastBits(int field);

    long lastTimeNanos(int field);
}
