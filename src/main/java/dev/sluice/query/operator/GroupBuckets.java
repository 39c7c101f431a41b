package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.SlotAccumulator;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.query.source.TypeOrder;
import dev.sluice.storage.BatchStatistics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state of all calls of one group: a slot per bucket that has points, made when its first point comes. */
final class GroupBuckets {

    private static final long GROUP_BYTES = 300;
    private static final long CALL_BYTES = 200;

    private final CallTarget[] targets;
    private final @Nullable TimeBuckets buckets;
    private final List<VarRef> auxiliary;
    private final Map<Long, Integer> slotOf = new HashMap<>();
    private long[] starts = new long[8];
    private @Nullable Object[][] auxiliaryValues = new Object[8][];
    private int slots;

    /** The bucket used last; points mostly come in order. */
    private long currentStart = Long.MAX_VALUE;

    private long currentEnd = Long.MIN_VALUE;
    private int currentSlot;

    /**
     * State of a group.
     *
     * @param auxiliary what is shown of a selector's point beside its value
     */
    GroupBuckets(CallTarget[] targets, @Nullable TimeBuckets buckets, List<VarRef> auxiliary) {
        this.targets = targets;
        this.buckets = buckets;
        this.auxiliary = auxiliary;
    }

    /**
     * A call of the plan and its state.
     *
     * @param column of its argument in the batches
     * @param cast what the argument is read as; null as it is stored
     */
    record CallTarget(
            Call call,
            BucketFunction function,
            int column,
            @Nullable FieldType cast,
            SlotAccumulator slots,
            ColumnBuilder results) {

        /** The argument's column of a batch. */
        Column values(ColumnBatch batch) {
            Column stored = batch.column(column);
            return cast == null ? stored : TypeOrder.convert(stored, cast);
        }
    }

    /** First time behind the bucket that {@link #useBucketOf} chose last. */
    long bucketEnd() {
        return currentEnd;
    }

    long bucketStart() {
        return currentStart;
    }

    void useBucketOf(long time) {
        if (time >= currentStart && time < currentEnd) {
            return;
        }
        if (buckets == null) {
            currentStart = Long.MIN_VALUE;
            currentEnd = Long.MAX_VALUE;
        } else {
            currentStart = buckets.start(time);
            currentEnd = buckets.end(time);
        }
        Integer known = slotOf.get(currentStart);
        if (known == null) {
            known = slots++;
            slotOf.put(currentStart, known);
            if (known == starts.length) {
                starts = Arrays.copyOf(starts, slots * 2);
                auxiliaryValues = Arrays.copyOf(auxiliaryValues, slots * 2);
            }
            starts[known] = currentStart;
            for (CallTarget target : targets) {
                target.slots().ensureSlots(starts.length);
            }
        }
        currentSlot = known;
    }

    /**
     * Adds rows of the bucket in use.
     *
     * @param arguments the column of each call's argument
     */
    void add(LongColumn times, Column[] arguments, int start, int end, BatchRow row) {
        for (int i = 0; i < targets.length; i++) {
            CallTarget target = targets[i];
            Column values = arguments[i];
            if (!values.mayHaveNulls()) {
                add(target, times, values, start, end, row);
                continue;
            }
            int from = start;
            while (from < end) {
                if (values.isNull(from)) {
                    from++;
                    continue;
                }
                int to = from + 1;
                while (to < end && !values.isNull(to)) {
                    to++;
                }
                add(target, times, values, from, to, row);
                from = to;
            }
        }
    }

    private void add(CallTarget target, LongColumn times, Column values, int start, int end, BatchRow row) {
        int selected = target.slots().add(currentSlot, times, values, start, end);
        if (selected != SlotAccumulator.UNCHANGED && !auxiliary.isEmpty()) {
            row.moveTo(selected);
            auxiliaryValues[currentSlot] =
                    auxiliary.stream().map(row::shownValue).toArray();
        }
    }

    /** Whether a batch can be added by its statistics alone; the bucket in use is the one of its first row. */
    boolean acceptsStatistics(BatchStatistics statistics) {
        for (CallTarget target : targets) {
            int field = target.column() - 1;
            if (target.cast() != null) {
                return false;
            }
            if (statistics.valueCount(field) > 0 && !target.slots().acceptsStatistics(currentSlot, statistics, field)) {
                return false;
            }
        }
        return auxiliary.isEmpty();
    }

    void addStatistics(BatchStatistics statistics) {
        for (CallTarget target : targets) {
            int field = target.column() - 1;
            if (statistics.valueCount(field) > 0) {
                target.slots().addStatistics(currentSlot, statistics, field);
            }
        }
    }

    /** Whether the states of several parts of a group's series can be made one. */
    boolean merges() {
        return auxiliary.isEmpty()
                && Arrays.stream(targets).allMatch(target -> target.slots().merges());
    }

    /** Adds the state of the same calls over series that come behind, all of which are complete. */
    void merge(GroupBuckets other) {
        for (int slot = 0; slot < other.slots; slot++) {
            useBucketOf(other.starts[slot]);
            for (int i = 0; i < targets.length; i++) {
                SlotAccumulator others = other.targets[i].slots();
                if (!others.isEmpty(slot)) {
                    targets[i].slots().merge(currentSlot, others, slot);
                }
            }
        }
    }

    /** Heap in use, estimated. */
    long retainedSizeInBytes() {
        // A slot's entry in the map, its start and the place of what is shown beside it.
        long bytes = GROUP_BYTES + slots * 88L + starts.length * 12L;
        if (!auxiliary.isEmpty()) {
            bytes += slots * (24L + 24L * auxiliary.size());
        }
        for (CallTarget target : targets) {
            bytes += CALL_BYTES + target.slots().retainedSizeInBytes();
        }
        return bytes;
    }

    void endSeries() {
        for (CallTarget target : targets) {
            target.slots().endSeries();
        }
    }

    CallTarget[] targets() {
        return targets;
    }

    /** Whether a call has enough for the rows that are shown. */
    boolean decides(CallTarget target, LeadingBuckets leading) {
        int filled = 0;
        long earliest = Long.MAX_VALUE;
        for (int slot = 0; slot < slots; slot++) {
            if (!target.slots().isEmpty(slot)) {
                filled++;
                earliest = Math.min(earliest, starts[slot]);
            }
        }
        return leading.areDecidedBy(filled, earliest);
    }

    /**
     * The results of one call, in the order of the result.
     *
     * @param pointTimes whether a selected point keeps its time; only without buckets
     * @param otherTime time of a result without buckets that keeps none
     */
    CallPoints points(CallTarget target, boolean ascending, boolean pointTimes, long otherTime) {
        int[] filled = IntStream.range(0, slots)
                .filter(slot -> !target.slots().isEmpty(slot))
                .boxed()
                .sorted((one, other) ->
                        ascending ? Long.compare(starts[one], starts[other]) : Long.compare(starts[other], starts[one]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (filled.length == 0) {
            return CallPoints.NONE;
        }
        long[] times = new long[filled.length];
        Object[][] shown = auxiliary.isEmpty() ? null : new Object[filled.length][];
        ColumnBuilder results = target.results();
        for (int i = 0; i < filled.length; i++) {
            int slot = filled[i];
            if (buckets != null) {
                times[i] = starts[slot];
            } else {
                times[i] = pointTimes ? target.slots().timeNanos(slot) : otherTime;
            }
            target.slots().appendResult(slot, results);
            if (shown != null) {
                shown[i] = auxiliaryValues[slot];
            }
        }
        Column column = results.build();
        Object[] values = new Object[filled.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = BatchRow.valueOf(column, i);
        }
        return new CallPoints(times, values, shown);
    }
}
