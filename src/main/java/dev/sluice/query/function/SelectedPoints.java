package dev.sluice.query.function;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.BooleanColumnBuilder;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.query.kernel.StringColumnBuilder;
import java.util.Arrays;

/** One selected point per slot: its time and value, the latter as 64 bits or, for strings, as bytes. */
final class SelectedPoints {

    private final FieldType type;
    private long[] times = new long[0];
    private long[] bits = new long[0];
    private byte[][] strings = new byte[0][];
    private boolean[] used = new boolean[0];

    SelectedPoints(FieldType type) {
        this.type = type;
    }

    void ensureSlots(int count) {
        if (count > used.length) {
            times = Arrays.copyOf(times, count);
            used = Arrays.copyOf(used, count);
            if (type == FieldType.STRING) {
                strings = Arrays.copyOf(strings, count);
            } else {
                bits = Arrays.copyOf(bits, count);
            }
        }
    }

    void clear() {
        Arrays.fill(used, false);
        Arrays.fill(strings, null);
    }

    boolean isEmpty(int slot) {
        return !used[slot];
    }

    long time(int slot) {
        return times[slot];
    }

    long bits(int slot) {
        return bits[slot];
    }

    /** Compares a row with the slot's point by value. */
    int compare(Column values, int row, int slot) {
        return type == FieldType.STRING
                ? Arrays.compareUnsigned(((StringColumn) values).get(row), strings[slot])
                : compareBits(type, bits(values, row), bits[slot]);
    }

    void set(int slot, long time, Column values, int row) {
        times[slot] = time;
        used[slot] = true;
        if (type == FieldType.STRING) {
            strings[slot] = ((StringColumn) values).get(row);
        } else {
            bits[slot] = bits(values, row);
        }
    }

    void set(int slot, long time, long newBits) {
        times[slot] = time;
        used[slot] = true;
        bits[slot] = newBits;
    }

    void append(int slot, ColumnBuilder target) {
        switch (type) {
            case FLOAT -> ((DoubleColumnBuilder) target).append(Double.longBitsToDouble(bits[slot]));
            case INTEGER, UNSIGNED -> ((LongColumnBuilder) target).append(bits[slot]);
            case BOOLEAN -> ((BooleanColumnBuilder) target).append(bits[slot] != 0);
            case STRING -> ((StringColumnBuilder) target).append(strings[slot]);
        }
    }

    long retainedSizeInBytes() {
        return 17L * used.length + 8L * strings.length;
    }

    /** Compares two rows of one column by value. */
    static int compareRows(FieldType type, Column values, int a, int b) {
        if (type == FieldType.STRING) {
            StringColumn column = (StringColumn) values;
            return Arrays.compareUnsigned(column.get(a), column.get(b));
        }
        return compareBits(type, bits(values, a), bits(values, b));
    }

    /** Compares values given as bits, in the type's order; false is less than true. */
    static int compareBits(FieldType type, long a, long b) {
        return switch (type) {
            case FLOAT -> Double.compare(Double.longBitsToDouble(a) + 0.0, Double.longBitsToDouble(b) + 0.0);
            case UNSIGNED -> Long.compareUnsigned(a, b);
            default -> Long.compare(a, b);
        };
    }

    /** A row's number or truth as 64 bits. */
    static long bits(Column values, int row) {
        if (values instanceof DoubleColumn doubles) {
            return Double.doubleToRawLongBits(doubles.get(row));
        }
        if (values instanceof LongColumn longs) {
            return longs.get(row);
        }
        return ((BooleanColumn) values).get(row) ? 1 : 0;
    }
}
