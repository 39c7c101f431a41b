package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;

/**
 * State of a function for one bucket at a time. Points come in order of time (of the query's direction), points of equal
 * time in the order of their series' keys. Usage: {@code begin (add* finish)*}. Not thread-safe.
 */
public interface OrderedAccumulator {

    /** A new output series begins; nothing of the one before is kept. */
    default void beginSeries() {}

    /** A new bucket begins; its results are to be emitted at {@code bucketTimeNanos} unless they are selected points. */
    void begin(long bucketTimeNanos);

    /**
     * Adds the rows {@code start} to {@code end}, exclusive; none is null. Rows of a bucket are numbered from zero in the
     * order in which they are added: that is the ordinal to emit for a selected point.
     */
    void add(LongColumn times, Column values, int start, int end);

    /** Like {@link #add}, with the columns of further arguments ({@code top(v, tag, n)}), which may hold nulls. */
    default void add(LongColumn times, Column values, Column[] arguments, int start, int end) {
        add(times, values, start, end);
    }

    /**
     * Whether a row that was just added can still be emitted as a selected point; what is shown beside it is then kept.
     *
     * @param ordinal the row's
     */
    default boolean mayEmit(int ordinal) {
        return true;
    }

    /** The bucket is complete: emits its results in order of output. Called only after at least one row was added. */
    void finish(PointSink target);

    /** Heap in use, for memory accounting. */
    long retainedSizeInBytes();
}
