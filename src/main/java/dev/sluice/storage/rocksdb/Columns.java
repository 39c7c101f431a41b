package dev.sluice.storage.rocksdb;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.column.StringListColumn;
import dev.sluice.model.FieldType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Columns made of others. */
final class Columns {

    private Columns() {}

    /** A column of the given type in which every row is null. */
    static Column nulls(FieldType type, int rows) {
        long[] nulls = NullMask.allocate(rows);
        Arrays.fill(nulls, -1L);
        return switch (type) {
            case FLOAT -> DoubleColumn.wrapWithoutCopy(new double[rows], nulls, rows);
            case INTEGER, UNSIGNED -> LongColumn.wrapWithoutCopy(new long[rows], nulls, rows);
            case BOOLEAN -> BooleanColumn.wrapWithoutCopy(new boolean[rows], nulls, rows);
            case STRING -> StringColumn.constant(null, rows);
        };
    }

    /** Some rows of a batch, in the given order. */
    static ColumnBatch pick(ColumnBatch batch, int[] rows, int size) {
        return new ColumnBatch(
                size,
                batch.columns().stream().map(column -> pick(column, rows, size)).toList());
    }

    private static Column pick(Column column, int[] rows, int size) {
        long[] nulls = pickNulls(column, rows, size);
        if (column instanceof LongColumn longs) {
            long[] values = new long[size];
            for (int i = 0; i < size; i++) {
                values[i] = longs.get(rows[i]);
            }
            return LongColumn.wrapWithoutCopy(values, nulls, size);
        }
        if (column instanceof DoubleColumn doubles) {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                values[i] = doubles.get(rows[i]);
            }
            return DoubleColumn.wrapWithoutCopy(values, nulls, size);
        }
        if (column instanceof BooleanColumn booleans) {
            boolean[] values = new boolean[size];
            for (int i = 0; i < size; i++) {
                values[i] = booleans.get(rows[i]);
            }
            return BooleanColumn.wrapWithoutCopy(values, nulls, size);
        }
        if (column instanceof StringColumn strings) {
            byte[][] dictionary = new byte[strings.dictionarySize()][];
            Arrays.setAll(dictionary, strings::dictionaryEntry);
            int[] indexes = new int[size];
            for (int i = 0; i < size; i++) {
                indexes[i] = strings.dictionaryIndex(rows[i]);
            }
            return StringColumn.wrapWithoutCopy(dictionary, indexes, nulls, size);
        }
        StringListColumn lists = (StringListColumn) column;
        return new StringListColumn(
                Arrays.stream(rows, 0, size).mapToObj(lists::get).toList());
    }

    private static long @Nullable [] pickNulls(Column column, int[] rows, int size) {
        if (!column.mayHaveNulls()) {
            return null;
        }
        long[] nulls = NullMask.allocate(size);
        for (int i = 0; i < size; i++) {
            if (column.isNull(rows[i])) {
                NullMask.set(nulls, i);
            }
        }
        return nulls;
    }

    /** The first row in a part of ascending times that is at or after a time; the part's end when there is none. */
    static int firstAtLeast(LongColumn times, int from, int to, long time) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first row in a part of ascending times that is after a time; the part's end when there is none. */
    static int firstGreater(LongColumn times, int from, int to, long time) {
        return time == Long.MAX_VALUE ? to : firstAtLeast(times, from, to, time + 1);
    }
}
