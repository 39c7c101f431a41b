package dev.sluice.query.function;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
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

    /** The rows by their values, least first; rows of equal value keep their order. */
    static int[] rowsByValue(FieldType type, Column column, int length) {
        return IntStream.range(0, length)
                .boxed()
                .sorted((one, other) -> SelectedPoints.compareRows(type, column, one, other))
                .mapToInt(Integer::intValue)
                .toArray();
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
