package dev.sluice.storage.rocksdb;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.util.Arrays;

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
