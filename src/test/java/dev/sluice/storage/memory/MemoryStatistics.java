package dev.sluice.storage.memory;

import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.BatchStatistics;
import java.util.List;

/**
 * Statistics worked out from rows on demand.
 *
 * @param rows ascending by time, at least one
 */
record MemoryStatistics(List<String> fields, List<FieldType> types, List<MemoryScan.Row> rows)
        implements BatchStatistics {

    @Override
    public int rowCount() {
        return rows.size();
    }

    @Override
    public TimeRange timeRange() {
        return new TimeRange(
                rows.get(0).timestampNanos(), rows.get(rows.size() - 1).timestampNanos());
    }

    private List<MemoryScan.Row> rowsWith(int field) {
        return rows.stream()
                .filter(row -> row.values().containsKey(fields.get(field)))
                .toList();
    }

    @Override
    public int valueCount(int field) {
        return rowsWith(field).size();
    }

    private long bits(MemoryScan.Row row, int field) {
        Object value = row.values().get(fields.get(field));
        if (value instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        }
        return value instanceof Boolean truth ? (truth ? 1 : 0) : (Long) value;
    }

    @Override
    public long sumBits(int field) {
        if (types.get(field) != FieldType.FLOAT) {
            return rowsWith(field).stream().mapToLong(row -> bits(row, field)).sum();
        }
        double sum = 0;
        for (MemoryScan.Row row : rowsWith(field)) {
            sum += Double.longBitsToDouble(bits(row, field));
        }
        return Double.doubleToRawLongBits(sum);
    }

    @Override
    public boolean hasExtremes(int field) {
        return types.get(field) != FieldType.STRING && valueCount(field) > 0;
    }

    /** The earliest row that no other row is before, as the sign says: 1 the smallest, -1 the greatest value. */
    private MemoryScan.Row extreme(int field, int sign) {
        List<MemoryScan.Row> candidates = rowsWith(field);
        MemoryScan.Row best = candidates.get(0);
        for (MemoryScan.Row row : candidates) {
            if (sign * compare(types.get(field), bits(row, field), bits(best, field)) < 0) {
                best = row;
            }
        }
        return best;
    }

    private static int compare(FieldType type, long a, long b) {
        return switch (type) {
            case FLOAT -> {
                double x = Double.longBitsToDouble(a);
                double y = Double.longBitsToDouble(b);
                yield x < y ? -1 : x > y ? 1 : 0;
            }
            case UNSIGNED -> Long.compareUnsigned(a, b);
            default -> Long.compare(a, b);
        };
    }

    private MemoryScan.Row first(int field) {
        return rowsWith(field).get(0);
    }

    private MemoryScan.Row last(int field) {
        List<MemoryScan.Row> present = rowsWith(field);
        return present.get(present.size() - 1);
    }

    @Override
    public long minBits(int field) {
        return bits(extreme(field, 1), field);
    }

    @Override
    public long minTimeNanos(int field) {
        return extreme(field, 1).timestampNanos();
    }

    @Override
    public long maxBits(int field) {
        return bits(extreme(field, -1), field);
    }

    @Override
    public long maxTimeNanos(int field) {
        return extreme(field, -1).timestampNanos();
    }

    @Override
    public long firstBits(int field) {
        return bits(first(field), field);
    }

    @Override
    public long firstTimeNanos(int field) {
        return first(field).timestampNanos();
    }

    @Override
    public long lastBits(int field) {
        return bits(last(field), field);
    }

    @Override
    public long lastTimeNanos(int field) {
        return last(field).timestampNanos();
    }
}
