package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.QueryException;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.expression.RowValues;
import dev.sluice.query.expression.ValueColumns;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one group with aggregates: one per bucket, filled, and the outputs computed from the calls' results. */
final class AggregateRows {

    private final SelectPlan plan;
    private final GroupBuckets group;
    private final List<VarRef> auxiliary;
    private final long maxBuckets;

    /**
     * The rows of a group.
     *
     * @param maxBuckets most rows; 0 for no limit
     */
    AggregateRows(SelectPlan plan, GroupBuckets group, List<VarRef> auxiliary, long maxBuckets) {
        this.plan = plan;
        this.group = group;
        this.auxiliary = auxiliary;
        this.maxBuckets = maxBuckets;
    }

    /** The rows; null when the group has none. */
    @Nullable
    ColumnBatch build() {
        List<Integer> slots = group.filledSlots(plan.ascending());
        if (slots.isEmpty()) {
            return null;
        }
        boolean fills = plan.buckets() != null && plan.fill().kind() != Fill.Kind.NONE;
        long[] times = fills ? allStarts(plan.buckets(), slots) : starts(slots);
        int[] slotOfRow = new int[times.length];
        for (int row = 0, next = 0; row < times.length; row++) {
            boolean filled = !fills || (next < slots.size() && group.startOf(slots.get(next)) == times[row]);
            slotOfRow[row] = filled ? slots.get(next++) : -1;
        }
        List<@Nullable Object[]> results = new ArrayList<>();
        for (Call call : plan.calls()) {
            results.add(results(call, times, slotOfRow, fills));
        }
        Column[] columns = new Column[plan.outputs().size() + 1];
        columns[0] = LongColumn.wrapWithoutCopy(times, times.length);
        Row row = new Row(results, slotOfRow);
        for (int i = 0; i < plan.outputs().size(); i++) {
            Output output = plan.outputs().get(i);
            Object[] values = new Object[times.length];
            for (row.index = 0; row.index < values.length; row.index++) {
                values[row.index] = Evaluator.evaluate(output.expression(), row);
            }
            columns[i + 1] = ValueColumns.of(output.columnType(), values);
        }
        return ColumnBatch.of(columns);
    }

    private long[] starts(List<Integer> slots) {
        if (plan.buckets() != null) {
            return slots.stream().mapToLong(group::startOf).toArray();
        }
        GroupBuckets.CallTarget[] targets = group.targets();
        boolean selector = plan.calls().size() == 1
                && targets.length == 1
                && targets[0].function().kind() == BucketFunction.Kind.SELECTOR;
        if (selector) {
            return new long[] {targets[0].slots().timeNanos(slots.get(0))};
        }
        return new long[] {plan.rangeStarts() ? plan.range().minNanos() : 0};
    }

    /** The starts of all buckets of the range; where it has no beginning, from the first bucket with points. */
    private long[] allStarts(TimeBuckets buckets, List<Integer> slots) {
        TimeRange range = plan.range();
        long firstFilled = group.startOf(slots.get(plan.ascending() ? 0 : slots.size() - 1));
        long time = plan.rangeStarts() ? buckets.start(range.minNanos()) : firstFilled;
        long count = buckets.uniform() ? (range.maxNanos() - time) / buckets.intervalNanos() + 1 : 0;
        checkCount(count);
        List<Long> starts = new ArrayList<>();
        while (time <= range.maxNanos()) {
            starts.add(time);
            checkCount(starts.size());
            long end = buckets.end(time);
            if (end == Long.MAX_VALUE) {
                break;
            }
            time = end;
        }
        long[] ordered = new long[starts.size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[plan.ascending() ? i : ordered.length - 1 - i] = starts.get(i);
        }
        return ordered;
    }

    private void checkCount(long count) {
        if (maxBuckets > 0 && count > maxBuckets) {
            throw new QueryException("max-select-buckets limit exceeded: (" + count + "/" + maxBuckets + ")");
        }
    }

    private @Nullable Object[] results(Call call, long[] times, int[] slotOfRow, boolean fills) {
        Object[] values = new Object[times.length];
        for (GroupBuckets.CallTarget target : group.targets()) {
            if (target.call().equals(call)) {
                for (int row = 0; row < values.length; row++) {
                    values[row] = slotOfRow[row] < 0 ? null : group.result(target, slotOfRow[row]);
                }
                if (fills) {
                    FieldType type = target.function().zeroWhenEmpty() ? FieldType.INTEGER : typeOf(call);
                    Filling.apply(
                            plan.fill(), times, values, type, target.function().zeroWhenEmpty());
                }
            }
        }
        return values;
    }

    private FieldType typeOf(Call call) {
        FieldType type = new dev.sluice.query.plan.PlanTypes(plan.fields()).type(call);
        return type == null ? FieldType.FLOAT : type;
    }

    private final class Row implements RowValues {

        private final List<@Nullable Object[]> results;
        private final int[] slotOfRow;
        private int index;

        Row(List<@Nullable Object[]> results, int[] slotOfRow) {
            this.results = results;
            this.slotOfRow = slotOfRow;
        }

        @Override
        public @Nullable Object value(Expression leaf) {
            if (leaf instanceof Call call) {
                return results.get(plan.calls().indexOf(call))[index];
            }
            int position = leaf instanceof VarRef reference ? auxiliary.indexOf(reference) : -1;
            return position < 0 || slotOfRow[index] < 0 ? null : group.auxiliary(slotOfRow[index], position);
        }

        @Override
        public @Nullable FieldType type(Expression leaf) {
            return null;
        }
    }
}
