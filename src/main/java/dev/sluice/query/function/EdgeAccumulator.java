package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.storage.BatchStatistics;

/** The earliest or the latest point of each slot. Points of equal time are told apart by their values. */
final class EdgeAccumulator implements SlotAccumulator {

    private final FieldType type;
    private final boolean latest;
    private final boolean ascending;
    private final SelectedPoints points;

    EdgeAccumulator(FieldType type, boolean latest, boolean ascending) {
        this.type = type;
        this.latest = latest;
        this.ascending = ascending;
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
        boolean atEnd = latest == ascending;
        int step = atEnd ? -1 : 1;
        int candidate = atEnd ? end - 1 : start;
        long time = times.get(candidate);
        for (int row = candidate + step; row >= start && row < end && times.get(row) == time; row += step) {
            int order = SelectedPoints.compareRows(type, values, row, candidate);
            // Of equal points the one of the series that comes first is kept.
            if (prefers(order) || (order == 0 && row < candidate)) {
                candidate = row;
            }
        }
        if (points.isEmpty(slot)
                || (latest ? time > points.time(slot) : time < points.time(slot))
                || (time == points.time(slot) && prefers(points.compare(values, candidate, slot)))) {
            points.set(slot, time, values, candidate);
            return candidate;
        }
        return UNCHANGED;
    }

    private boolean prefers(int order) {
        return type == FieldType.BOOLEAN && !latest ? order < 0 : order > 0;
    }

    @Override
    public boolean acceptsStatistics(int slot, BatchStatistics statistics, int field) {
        return type != FieldType.STRING && statistics.hasExtremes(field);
    }

    @Override
    public void addStatistics(int slot, BatchStatistics statistics, int field) {
        long time = latest ? statistics.lastTimeNanos(field) : statistics.firstTimeNanos(field);
        long bits = latest ? statistics.lastBits(field) : statistics.firstBits(field);
        add(slot, time, bits);
    }

    private void add(int slot, long time, long bits) {
        if (points.isEmpty(slot)
                || (latest ? time > points.time(slot) : time < points.time(slot))
                || (time == points.time(slot) && prefers(SelectedPoints.compareBits(type, bits, points.bits(slot))))) {
            points.set(slot, time, bits);
        }
    }

    @Override
    public boolean merges() {
        return type != FieldType.STRING;
    }

    @Override
    public void merge(int slot, SlotAccumulator other, int otherSlot) {
        SelectedPoints others = ((EdgeAccumulator) other).points;
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
