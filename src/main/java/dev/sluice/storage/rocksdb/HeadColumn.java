package dev.sluice.storage.rocksdb;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.util.Arrays;

/** The values of one field of a series in the head, by row. Not thread-safe; {@link HeadSeries} guards it. */
final class HeadColumn {

    private final FieldType type;
    private long[] bits = new long[0];
    private byte[][] strings = new byte[0][];
    private long[] present = new long[1];

    HeadColumn(FieldType type) {
        this.type = type;
    }

    FieldType type() {
        return type;
    }

    /**
     * Adds rows behind those there are.
     *
     * @param rows row by row, {@code stride} numbers each
     * @param from where the first value stands
     * @param count how many rows
     * @param at the number of the first row
     * @param texts what the numbers of strings stand for
     */
    void append(long[] rows, int from, int stride, int count, int at, byte[][] texts) {
        if (type == FieldType.STRING) {
            if (at + count > strings.length) {
                strings = Arrays.copyOf(strings, Math.max(at + count, strings.length * 2));
            }
            for (int row = 0; row < count; row++) {
                strings[at + row] = texts[(int) rows[from + row * stride]];
            }
        } else {
            if (at + count > bits.length) {
                bits = Arrays.copyOf(bits, Math.max(at + count, bits.length * 2));
            }
            for (int row = 0, source = from; row < count; row++, source += stride) {
                bits[at + row] = rows[source];
            }
        }
        mark(at, at + count);
    }

    private void mark(int from, int to) {
        if ((to - 1) >>> 6 >= present.length) {
            present = Arrays.copyOf(present, Math.max(((to - 1) >>> 6) + 1, present.length * 2));
        }
        for (int row = from; row < to; ) {
            int next = Math.min(to, (row | 63) + 1);
            present[row >>> 6] |= (-1L >>> (64 - (next - row))) << row;
            row = next;
        }
    }

    /**
     * The column with the rows behind {@code first} in another order.
     *
     * @param order the rows from {@code first} on, as they are to be read
     * @param targets which row each becomes; of several the last that has a value counts
     * @param rows how many there are then
     */
    HeadColumn reordered(int first, int[] order, int[] targets, int rows) {
        HeadColumn other = new HeadColumn(type);
        boolean isString = type == FieldType.STRING;
        // A value may move behind the last row that had one.
        if (isString) {
            other.strings = Arrays.copyOf(strings, Math.max(strings.length, rows));
        } else {
            other.bits = Arrays.copyOf(bits, Math.max(bits.length, rows));
        }
        other.present = Arrays.copyOf(present, Math.max(present.length, (rows + 63) >>> 6));
        int word = first >>> 6;
        if (word < other.present.length) {
            other.present[word] &= ~(-1L << first);
            Arrays.fill(other.present, word + 1, other.present.length, 0);
        }
        for (int i = 0; i < order.length; i++) {
            int source = order[i];
            int target = targets[i];
            if (has(source)) {
                other.present[target >>> 6] |= 1L << target;
                if (isString) {
                    other.strings[target] = strings[source];
                } else {
                    other.bits[target] = bits[source];
                }
            }
        }
        return other;
    }

    private boolean has(int row) {
        return row >>> 6 < present.length && (present[row >>> 6] & (1L << row)) != 0;
    }

    private boolean hasAll(int from, int to) {
        for (int row = from; row < to; ) {
            int word = row >>> 6;
            if ((row & 63) == 0 && row + 64 <= to && word < present.length && present[word] == -1L) {
                row += 64;
            } else if (has(row)) {
                row++;
            } else {
                return false;
            }
        }
        return true;
    }

    /** Rows of a buffer in which they are in order. */
    Column slice(int from, int to) {
        int rows = to - from;
        if (hasAll(from, to)) {
            if (type == FieldType.INTEGER || type == FieldType.UNSIGNED) {
                return LongColumn.wrapWithoutCopy(bits, bits.length).region(from, rows);
            }
            if (type == FieldType.FLOAT) {
                double[] values = new double[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = Double.longBitsToDouble(bits[from + row]);
                }
                return DoubleColumn.wrapWithoutCopy(values, null, rows);
            }
        }
        return build(from, rows);
    }

    private Column build(int from, int rows) {
        long[] nulls = NullMask.allocate(rows);
        int absent = 0;
        for (int row = 0; row < rows; row++) {
            if (!has(from + row)) {
                NullMask.set(nulls, row);
                absent++;
            }
        }
        long[] mask = absent == 0 ? null : nulls;
        return switch (type) {
            case FLOAT -> {
                double[] values = new double[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = NullMask.isSet(mask, row) ? 0 : Double.longBitsToDouble(bits[from + row]);
                }
                yield DoubleColumn.wrapWithoutCopy(values, mask, rows);
            }
            case INTEGER, UNSIGNED -> {
                long[] values = new long[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = NullMask.isSet(mask, row) ? 0 : bits[from + row];
                }
                yield LongColumn.wrapWithoutCopy(values, mask, rows);
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = !NullMask.isSet(mask, row) && bits[from + row] != 0;
                }
                yield BooleanColumn.wrapWithoutCopy(values, mask, rows);
            }
            case STRING -> {
                byte[][] values = new byte[rows][];
                int[] indexes = new int[rows];
                for (int row = 0; row < rows; row++) {
                    indexes[row] = row;
                    values[row] = NullMask.isSet(mask, row) ? null : strings[from + row];
                }
                yield StringColumn.wrapWithoutCopy(values, indexes, mask, rows);
            }
        };
    }
}
