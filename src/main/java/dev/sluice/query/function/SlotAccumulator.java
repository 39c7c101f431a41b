package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.storage.BatchStatistics;

/**
 * State of a function for many buckets, called slots and numbered from zero. Points of a slot may be added in any number
 * of runs and in any order of runs; within a run and within a series they are in order of time (of the query's
 * direction). Not thread-safe.
 */
public interface SlotAccumulator {

    /** What {@link #add} returns when the slot's selected point is still the one before, and always for aggregates. */
    int UNCHANGED = -1;

    /** Makes slots 0 to {@code count - 1} usable; those that were usable before keep their state. */
    void ensureSlots(int count);

    /** Makes all slots empty again. */
    void clear();

    /**
     * Adds the rows {@code start} to {@code end}, exclusive, at least one; none is null.
     *
     * @return for a selector the row that is now the slot's selected point, when it changed; else {@link #UNCHANGED}
     */
    int add(int slot, LongColumn times, Column values, int start, int end);

    /**
     * Whether {@link #addStatistics} with the same arguments gives exactly what adding the rows one by one would. The
     * statistics have at least one value of the field.
     */
    default boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
        return false;
    }

    /** Adds a whole batch by its statistics. */
    default void addStatistics(int slot, BatchStatistics statistics, int field) {
        throw new IllegalStateException("statistics were not accepted");
    }

    /** Whether several states, each of some of the series, can be made one with exactly the result of a single state. */
    default boolean merges() {
        return false;
    }

    /**
     * Adds all points of a slot of another state of the same function, which has some and all of whose series are complete.
     * The other's series come behind this one's.
     */
    default void merge(int slot, SlotAccumulator other, int otherSlot) {
        throw new IllegalStateException("states of this function cannot be merged");
    }

    /** The rows of one series are complete; the next ones belong to another series or shard. */
    default void endSeries() {}

    /** Whether nothing was added to the slot. */
    boolean isEmpty(int slot);

    /** The time of a selector's selected point. Unspecified for empty slots and aggregates. */
    default long timeNanos(int slot) {
        return 0;
    }

    /** Appends the result of a slot that is not empty; null is possible where InfluxDB has it. */
    void appendResult(int slot, ColumnBuilder target);

    /** Heap in use, for memory accounting. */
    long retainedSizeInBytes();
}
