package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.SlotAccumulator;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.storage.BatchStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of all calls of one group: a slot per bucket that has points, made when its first point comes. */
final class GroupBuckets {

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
     */
    record CallTarget(Call call, BucketFunction function, int column, SlotAccumulator slots, ColumnBuilder results) {}

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

    /** Adds rows of the bucket in use. */
    void add(LongColumn times, List<Column> columns, int start, int end, BatchRow row) {
        for (CallTarget target : targets) {
            Column values = columns.get(target.column());
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
            auxiliaryValues[currentSlot] = auxiliary.stream().map(row::value).toArray();
        }
    }

    /** Whether a batch can be added by its statistics alone; the bucket in use is the one of its first row. */
    boolean acceptsStatistics(BatchStatistics statistics) {
        for (CallTarget target : targets) {
            int field = target.column() - 1;
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

    void endSeries() {
        for (CallTarget target : targets) {
            target.slots().endSeries();
        }
    }

    CallTarget[] targets() {
        return targets;
    }

    /** Slots that have a value of some call, by the start of their bucket. */
    List<Integer> filledSlots(boolean ascending) {
        List<Integer> filled = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            for (CallTarget target : targets) {
                if (!target.slots().isEmpty(slot)) {
                    filled.add(slot);
                    break;
                }
            }
        }
        filled.sort((one, other) ->
                ascending ? Long.compare(starts[one], starts[other]) : Long.compare(starts[other], starts[one]));
        return filled;
    }

    long startOf(int slot) {
        return starts[slot];
    }

    /** A call's result in a slot, or null. */
    @Nullable
    Object result(CallTarget target, int slot) {
        if (target.slots().isEmpty(slot)) {
            return null;
        }
        ColumnBuilder results = target.results();
        target.slots().appendResult(slot, results);
        Column column = results.build();
        return BatchRow.valueOf(column, column.length() - 1);
    }

    @Nullable
    Object auxiliary(int slot, int index) {
        Object[] values = auxiliaryValues[slot];
        return values == null ? null : values[index];
    }
}
