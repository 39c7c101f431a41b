package dev.sluice.storage.codec;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;

/** Sum, extremes and ends of a column that is not of strings, in the order in which {@link Block} stores them. */
final class ColumnStatistics {

    private static final int COUNT = 9;

    /** Bytes they take. */
    static final int LENGTH = COUNT * Long.BYTES;

    private final long[] values = new long[COUNT];

    private ColumnStatistics(long sum) {
        values[0] = sum;
    }

    /** The statistics of a column that has at least one value; floating-point numbers are summed in order of time. */
    static ColumnStatistics of(LongColumn times, Column column, FieldType type) {
        int first = -1;
        int last = -1;
        int min = -1;
        int max = -1;
        long sum = 0;
        double doubleSum = 0;
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            long bits = bits(column, row);
            first = first < 0 ? row : first;
            last = row;
            min = min < 0 || compare(type, bits, bits(column, min)) < 0 ? row : min;
            max = max < 0 || compare(type, bits, bits(column, max)) > 0 ? row : max;
            if (type == FieldType.FLOAT) {
                doubleSum += Double.longBitsToDouble(bits);
            } else {
                sum += bits;
            }
        }
        ColumnStatistics statistics =
                new ColumnStatistics(type == FieldType.FLOAT ? Double.doubleToRawLongBits(doubleSum) : sum);
        int[] rows = {min, max, first, last};
        for (int i = 0; i < rows.length; i++) {
            statistics.values[1 + 2 * i] = bits(column, rows[i]);
            statistics.values[2 + 2 * i] = times.get(rows[i]);
        }
        return statistics;
    }

    long get(int index) {
        return values[index];
    }

    void write(ByteWriter out) {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    /** A value as 64 bits. */
    static long bits(Column column, int row) {
        if (column instanceof LongColumn longs) {
            return longs.get(row);
        }
        if (column instanceof DoubleColumn doubles) {
            return Double.doubleToRawLongBits(doubles.get(row));
        }
        return ((BooleanColumn) column).get(row) ? 1 : 0;
    }

    private static int compare(FieldType type, long a, long b) {
        return switch (type) {
            case FLOAT -> Double.compare(Double.longBitsToDouble(a), Double.longBitsToDouble(b));
            case UNSIGNED -> Long.compareUnsigned(a, b);
            default -> Long.compare(a, b);
        };
    }
}
