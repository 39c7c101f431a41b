package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;

/**
 * State of a {@link StreamFunction}. Points come in order of time (of the query's direction), points of equal time in the
 * order of their series' keys; several may have the same time. Usage: {@code begin add* finish}, repeated. Not
 * thread-safe.
 */
public interface StreamTransform {

    /** A new output series begins; nothing of the one before is kept. */
    void begin();

    /** Takes the rows {@code start} to {@code end}, exclusive, none of which is null, and emits what follows from them. */
    void add(LongColumn times, Column values, int start, int end, PointSink target);

    /** The series is complete: emits what is left. */
    default void finish(PointSink target) {}
}
