package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Distinct;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.storage.BatchStatistics;
import java.util.Arrays;

/** {@code count(x)}: how many values. {@code count(distinct(x))} is planned as {@code distinct} whose rows are counted. */
final class CountFunction implements BucketFunction {

    @Override
    public String name() {
        return "count";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 1);
        if (call.arguments().get(0) instanceof Distinct) {
            return;
        }
        if (call.arguments().get(0) instanceof Call inner && inner.name().equals("distinct")) {
            DistinctArguments.check(inner, scope);
            return;
        }
        scope.checkField(name(), call.arguments().get(0));
    }

    @Override
    public Kind kind() {
        return Kind.AGGREGATE;
    }

    @Override
    public FieldType resultType(FieldType argument) {
        return FieldType.INTEGER;
    }

    @Override
    public boolean zeroWhenEmpty() {
        return true;
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public SlotAccumulator newSlots(FieldType argument, CallSetting setting) {
        return new Counts();
    }

    private static final class Counts implements SlotAccumulator {

        private long[] counts = new long[0];

        @Override
        public void ensureSlots(int count) {
            if (count > counts.length) {
                counts = Arrays.copyOf(counts, count);
            }
        }

        @Override
        public void clear() {
            Arrays.fill(counts, 0);
        }

        @Override
        public int add(int slot, LongColumn times, Column values, int start, int end) {
            counts[slot] += end - start;
            return UNCHANGED;
        }

        @Override
        public boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
            return true;
        }

        @Override
        public void addStatistics(int slot, BatchStatistics statistics, int field) {
            counts[slot] += statistics.valueCount(field);
        }

        @Override
        public boolean merges() {
            return true;
        }

        @Override
        public void merge(int slot, SlotAccumulator other, int otherSlot) {
            counts[slot] += ((Counts) other).counts[otherSlot];
        }

        @Override
        public boolean isEmpty(int slot) {
            return counts[slot] == 0;
        }

        @Override
        public void appendResult(int slot, ColumnBuilder target) {
            ((LongColumnBuilder) target).append(counts[slot]);
        }

        @Override
        public long retainedSizeInBytes() {
            return 8L * counts.length;
        }
    }
}
