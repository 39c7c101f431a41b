package dev.sluice.query.function;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Reads columns in the ways functions need. */
final class Values {

    private Values() {}

    /** A number as a double. */
    static double asDouble(FieldType type, Column column, int row) {
        if (column instanceof DoubleColumn doubles) {
            return doubles.get(row);
        }
        long value = ((LongColumn) column).get(row);
        return type == FieldType.UNSIGNED ? unsignedAsDouble(value) : value;
    }

    /** The nearest double of an unsigned number. */
    static double unsignedAsDouble(long value) {
        // Halving keeps the lowest bit, so that rounding sees it.
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    /** A value that can be compared for equality. */
    static Object boxed(Column column, int row) {
        if (column instanceof DoubleColumn doubles) {
            return doubles.get(row) + 0.0;
        }
        if (column instanceof LongColumn longs) {
            return longs.get(row);
        }
        if (column instanceof BooleanColumn booleans) {
            return booleans.get(row);
        }
        return ((StringColumn) column).getString(row);
    }

    /**
     * Numbers as signed integers of the same order, so that they can be compared and sorted without their type; equal numbers,
     * and both zeros, have equal ones.
     *
     * @param type a numeric one
     */
    static long[] sortable(FieldType type, Column column, int length) {
        long[] keys = new long[length];
        if (column instanceof DoubleColumn doubles) {
            for (int row = 0; row < length; row++) {
                long bits = Double.doubleToRawLongBits(doubles.get(row) + 0.0);
                keys[row] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
            }
            return keys;
        }
        LongColumn longs = (LongColumn) column;
        long flip = type == FieldType.UNSIGNED ? Long.MIN_VALUE : 0;
        for (int row = 0; row < length; row++) {
            keys[row] = longs.get(row) ^ flip;
        }
        return keys;
    }

    /**
     * The row at a position when rows are sorted by their numbers, least first, and rows of equal numbers keep their order.
     *
     * @param keys of {@link #sortable}
     * @param sorted the same, sorted
     */
    static int rowAt(long[] keys, long[] sorted, int position) {
        long wanted = sorted[position];
        int before = 0;
        while (before < position && sorted[position - before - 1] == wanted) {
            before++;
        }
        for (int row = 0; ; row++) {
            if (keys[row] == wanted && before-- == 0) {
                return row;
            }
        }
    }

    /** A sorted copy. */
    static long[] sorted(long[] keys) {
        long[] copy = keys.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** The rows by their values, least first; rows of equal value keep their order. */
    static int[] rowsByValue(FieldType type, Column column, int length) {
        return sorted(
                IntStream.range(0, length).toArray(),
                (one, other) -> SelectedPoints.compareRows(type, column, one, other));
    }

    /** The rows in another order. */
    static int[] sorted(int[] rows, Comparator<Integer> order) {
        return IntStream.of(rows)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
