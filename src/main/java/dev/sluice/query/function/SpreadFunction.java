package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.storage.BatchStatistics;
import org.jspecify.annotations.Nullable;

/** {@code spread(x)}: the greatest value minus the least. */
final class SpreadFunction implements BucketFunction {

    @Override
    public String name() {
        return "spread";
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
        return new Extremes(argument);
    }

    private static final class Extremes implements SlotAccumulator {

        private final FieldType type;
        private final SelectedPoints least;
        private final SelectedPoints greatest;

        Extremes(FieldType type) {
            this.type = type;
            this.least = new SelectedPoints(type);
            this.greatest = new SelectedPoints(type);
        }

        @Override
        public void ensureSlots(int count) {
            least.ensureSlots(count);
            greatest.ensureSlots(count);
        }

        @Override
        public void clear() {
            least.clear();
            greatest.clear();
        }

        @Override
        public int add(int slot, LongColumn times, Column values, int start, int end) {
            int low = start;
            int high = start;
            for (int row = start + 1; row < end; row++) {
                low = SelectedPoints.compareRows(type, values, row, low) < 0 ? row : low;
                high = SelectedPoints.compareRows(type, values, row, high) > 0 ? row : high;
            }
            add(slot, SelectedPoints.bits(values, low), SelectedPoints.bits(values, high));
            return UNCHANGED;
        }

        private void add(int slot, long low, long high) {
            if (least.isEmpty(slot) || SelectedPoints.compareBits(type, low, least.bits(slot)) < 0) {
                least.set(slot, 0, low);
            }
            if (greatest.isEmpty(slot) || SelectedPoints.compareBits(type, high, greatest.bits(slot)) > 0) {
                greatest.set(slot, 0, high);
            }
        }

        @Override
        public boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
            return statistics.hasExtremes(field);
        }

        @Override
        public void addStatistics(int slot, BatchStatistics statistics, int field) {
            add(slot, statistics.minBits(field), statistics.maxBits(field));
        }

        @Override
        public boolean merges() {
            return true;
        }

        @Override
        public void merge(int slot, SlotAccumulator other, int otherSlot) {
            Extremes others = (Extremes) other;
            add(slot, others.least.bits(otherSlot), others.greatest.bits(otherSlot));
        }

        @Override
        public boolean isEmpty(int slot) {
            return least.isEmpty(slot);
        }

        @Override
        public void appendResult(int slot, ColumnBuilder target) {
            if (type == FieldType.FLOAT) {
                ((DoubleColumnBuilder) target)
                        .append(Double.longBitsToDouble(greatest.bits(slot))
                                - Double.longBitsToDouble(least.bits(slot)));
            } else {
                ((LongColumnBuilder) target).append(greatest.bits(slot) - least.bits(slot));
            }
        }

        @Override
        public long retainedSizeInBytes() {
            return least.retainedSizeInBytes() + greatest.retainedSizeInBytes();
        }
    }
}
