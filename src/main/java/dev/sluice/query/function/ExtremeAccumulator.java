package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.storage.BatchStatistics;

/** The point with the least or the greatest value of each slot; of several the earliest. */
final class ExtremeAccumulator implements SlotAccumulator {

    private final FieldType type;
    private final boolean greatest;
    private final SelectedPoints points;

    ExtremeAccumulator(FieldType type, boolean greatest) {
        this.type = type;
        this.greatest = greatest;
        this.points = new SelectedPoints(type);
    }

    @Override
    public void ensureSlots(int count) {
        points.ensureSlots(count);
    }

    @Override
    public void clear() {
        points.clear();
    }

    @Override
    public int add(int slot, LongColumn times, Column values, int start, int end) {
        int candidate =
                switch (type) {
                    case FLOAT -> floatCandidate((DoubleColumn) values, start, end);
                    case INTEGER -> integerCandidate((LongColumn) values, start, end);
                    default -> candidate(values, start, end);
                };
        // Rows may come in descending order of time: step over equal values to the earliest.
        if (start < end - 1 && times.get(start) > times.get(end - 1)) {
            candidate = earliestEqual(times, values, candidate, end);
        }
        long time = times.get(candidate);
        if (points.isEmpty(slot) || replaces(points.compare(values, candidate, slot), time, points.time(slot))) {
            points.set(slot, time, values, candidate);
            return candidate;
        }
        return UNCHANGED;
    }

    private boolean replaces(int order, long time, long selectedTime) {
        return greatest
                ? order > 0 || (order == 0 && time < selectedTime)
                : order < 0 || (order == 0 && time < selectedTime);
    }

    private int floatCandidate(DoubleColumn values, int start, int end) {
        double[] array = values.array();
        int offset = values.arrayOffset();
        int best = offset + start;
        double value = array[best];
        for (int i = best + 1; i < offset + end; i++) {
            if (greatest ? array[i] > value : array[i] < value) {
                value = array[i];
                best = i;
            }
        }
        return best - offset;
    }

    private int integerCandidate(LongColumn values, int start, int end) {
        long[] array = values.array();
        int offset = values.arrayOffset();
        int best = offset + start;
        long value = array[best];
        for (int i = best + 1; i < offset + end; i++) {
            if (greatest ? array[i] > value : array[i] < value) {
                value = array[i];
                best = i;
            }
        }
        return best - offset;
    }

    private int candidate(Column values, int start, int end) {
        int best = start;
        for (int row = start + 1; row < end; row++) {
            int order = SelectedPoints.compareRows(type, values, row, best);
            if (greatest ? order > 0 : order < 0) {
                best = row;
            }
        }
        return best;
    }

    private int earliestEqual(LongColumn times, Column values, int candidate, int end) {
        int best = candidate;
        for (int row = candidate + 1; row < end; row++) {
            if (times.get(row) < times.get(best) && SelectedPoints.compareRows(type, values, row, best) == 0) {
                best = row;
            }
        }
        return best;
    }

    @Override
    public boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
        return statistics.hasExtremes(field);
    }

    @Override
    public void addStatistics(int slot, BatchStatistics statistics, int field) {
        long time = greatest ? statistics.maxTimeNanos(field) : statistics.minTimeNanos(field);
        long bits = greatest ? statistics.maxBits(field) : statistics.minBits(field);
        add(slot, time, bits);
    }

    private void add(int slot, long time, long bits) {
        if (points.isEmpty(slot)
                || replaces(SelectedPoints.compareBits(type, bits, points.bits(slot)), time, points.time(slot))) {
            points.set(slot, time, bits);
        }
    }

    @Override
    public boolean merges() {
        return type != FieldType.STRING;
    }

    @Override
    public void merge(int slot, SlotAccumulator other, int otherSlot) {
        SelectedPoints others = ((ExtremeAccumulator) other).points;
        add(slot, others.time(otherSlot), others.bits(otherSlot));
    }

    @Override
    public boolean isEmpty(int slot) {
        return points.isEmpty(slot);
    }

    @Override
    public long timeNanos(int slot) {
        return points.time(slot);
    }

    @Override
    public void appendResult(int slot, ColumnBuilder target) {
        points.append(slot, target);
    }

    @Override
    public long retainedSizeInBytes() {
        return points.retainedSizeInBytes();
    }
}
