package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.storage.BatchStatistics;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code sum(x)}: of floats in order of time, series by series; of integers with wrap-around. */
final class SumFunction implements BucketFunction {

    @Override
    public String name() {
        return "sum";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.oneField(call, scope);
    }

    @Override
    public Kind kind() {
        return Kind.AGGREGATE;
    }

    @Override
    public @Nullable FieldType resultType(FieldType argument) {
        return argument.isNumeric() ? argument : null;
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public SlotAccumulator newSlots(FieldType argument, CallSetting setting) {
        return argument == FieldType.FLOAT ? new FloatSums() : new IntegerSums();
    }

    private static final class IntegerSums implements SlotAccumulator {

        private long[] sums = new long[0];
        private boolean[] used = new boolean[0];

        @Override
        public void ensureSlots(int count) {
            if (count > sums.length) {
                sums = Arrays.copyOf(sums, count);
                used = Arrays.copyOf(used, count);
            }
        }

        @Override
        public void clear() {
            Arrays.fill(sums, 0);
            Arrays.fill(used, false);
        }

        @Override
        public int add(int slot, LongColumn times, Column values, int start, int end) {
            LongColumn column = (LongColumn) values;
            long[] array = column.array();
            int last = column.arrayOffset() + end;
            long sum = 0;
            for (int i = column.arrayOffset() + start; i < last; i++) {
                sum += array[i];
            }
            sums[slot] += sum;
            used[slot] = true;
            return UNCHANGED;
        }

        @Override
        public boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
            return true;
        }

        @Override
        public void addStatistics(int slot, BatchStatistics statistics, int field) {
            sums[slot] += statistics.sumBits(field);
            used[slot] = true;
        }

        @Override
        public boolean merges() {
            return true;
        }

        @Override
        public void merge(int slot, SlotAccumulator other, int otherSlot) {
            sums[slot] += ((IntegerSums) other).sums[otherSlot];
            used[slot] = true;
        }

        @Override
        public boolean isEmpty(int slot) {
            return !used[slot];
        }

        @Override
        public void appendResult(int slot, ColumnBuilder target) {
            ((LongColumnBuilder) target).append(sums[slot]);
        }

        @Override
        public long retainedSizeInBytes() {
            return 9L * sums.length;
        }
    }

    private static final class FloatSums implements SlotAccumulator {

        private double[] sums = new double[0];
        private boolean[] used = new boolean[0];
        private final SeriesPartialSum partial = new SeriesPartialSum();

        @Override
        public void ensureSlots(int count) {
            if (count > sums.length) {
                sums = Arrays.copyOf(sums, count);
                used = Arrays.copyOf(used, count);
            }
        }

        @Override
        public void clear() {
            Arrays.fill(sums, 0);
            Arrays.fill(used, false);
            partial.take();
        }

        @Override
        public int add(int slot, LongColumn times, Column values, int start, int end) {
            if (partial.slot() != slot) {
                endSeries();
            }
            partial.add(slot, (DoubleColumn) values, start, end);
            return UNCHANGED;
        }

        @Override
        public boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
            // A sum of sums may round differently from the sum of the values: only good as the beginning.
            return partial.slot() != slot;
        }

        @Override
        public void addStatistics(int slot, BatchStatistics statistics, int field) {
            endSeries();
            partial.start(slot, Double.longBitsToDouble(statistics.sumBits(field)), statistics.valueCount(field));
        }

        @Override
        public void endSeries() {
            if (partial.slot() >= 0) {
                sums[partial.slot()] += partial.sum();
                used[partial.slot()] = true;
                partial.take();
            }
        }

        @Override
        public boolean isEmpty(int slot) {
            return !used[slot];
        }

        @Override
        public void appendResult(int slot, ColumnBuilder target) {
            ((DoubleColumnBuilder) target).append(sums[slot]);
        }

        @Override
        public long retainedSizeInBytes() {
            return 9L * sums.length;
        }
    }
}
