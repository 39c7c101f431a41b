package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.storage.BatchStatistics;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code mean(x)}. As in InfluxDB the mean of each series is taken first and weighed by its count, which decides the last
 * digit of the result.
 */
final class MeanFunction implements BucketFunction {

    @Override
    public String name() {
        return "mean";
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
        return argument.isNumeric() ? FieldType.FLOAT : null;
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public SlotAccumulator newSlots(FieldType argument, CallSetting setting) {
        return argument == FieldType.FLOAT ? new FloatMeans() : new IntegerMeans(argument == FieldType.UNSIGNED);
    }

    private abstract static class Means implements SlotAccumulator {

        private double[] sums = new double[0];
        private long[] counts = new long[0];

        @Override
        public void ensureSlots(int count) {
            if (count > sums.length) {
                sums = Arrays.copyOf(sums, count);
                counts = Arrays.copyOf(counts, count);
            }
        }

        @Override
        public void clear() {
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
        }

        final void addMean(int slot, double mean, long count) {
            sums[slot] += count == 1 ? mean : mean * count;
            counts[slot] += count;
        }

        @Override
        public boolean isEmpty(int slot) {
            return counts[slot] == 0;
        }

        @Override
        public void appendResult(int slot, ColumnBuilder target) {
            ((DoubleColumnBuilder) target).append(sums[slot] / counts[slot]);
        }

        @Override
        public long retainedSizeInBytes() {
            return 16L * sums.length;
        }
    }

    private static final class FloatMeans extends Means {

        private final SeriesPartialSum partial = new SeriesPartialSum();

        @Override
        public void clear() {
            super.clear();
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
                addMean(partial.slot(), partial.sum() / partial.count(), partial.count());
                partial.take();
            }
        }
    }

    private static final class IntegerMeans extends Means {

        private final boolean unsigned;
        private int openSlot = -1;
        private long openSum;
        private long openCount;

        IntegerMeans(boolean unsigned) {
            this.unsigned = unsigned;
        }

        @Override
        public void clear() {
            super.clear();
            openSlot = -1;
            openSum = 0;
            openCount = 0;
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
            addSum(slot, sum, end - start);
            return UNCHANGED;
        }

        @Override
        public boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
            return true;
        }

        @Override
        public void addStatistics(int slot, BatchStatistics statistics, int field) {
            addSum(slot, statistics.sumBits(field), statistics.valueCount(field));
        }

        private void addSum(int slot, long sum, int count) {
            if (slot != openSlot) {
                endSeries();
                openSlot = slot;
            }
            openSum += sum;
            openCount += count;
        }

        @Override
        public void endSeries() {
            if (openSlot >= 0) {
                double sum = unsigned ? unsignedToDouble(openSum) : openSum;
                addMean(openSlot, sum / openCount, openCount);
                openSlot = -1;
                openSum = 0;
                openCount = 0;
            }
        }

        private static double unsignedToDouble(long bits) {
            // Halving keeps the lowest bit, so that rounding to even sees it.
            return bits >= 0 ? bits : (double) ((bits >>> 1) | (bits & 1)) * 2.0;
        }
    }
}
