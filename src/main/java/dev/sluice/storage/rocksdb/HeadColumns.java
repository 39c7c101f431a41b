package dev.sluice.storage.rocksdb;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.codec.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of a series in the head by column: as they came, and in order once somebody has read them. Not thread-safe; {@link HeadSeries} guards it. */
final class HeadColumns {

    private final ShardSchemas.Fields fields;
    private long[] times = new long[0];
    private int rowCount;
    private boolean ascending = true;
    private HeadColumn[] columns = new HeadColumn[0];

    HeadColumns(ShardSchemas.Fields fields) {
        this.fields = fields;
    }

    /**
     * Adds rows.
     *
     * @param rows row by row: the time, then the values
     * @param count how many rows
     * @param texts what the numbers of strings stand for
     */
    void append(FieldLayout layout, long[] rows, int count, byte[][] texts) {
        int stride = 1 + layout.size();
        if (rowCount + count > times.length) {
            times = Arrays.copyOf(times, Math.max(rowCount + count, times.length * 2));
        }
        for (int row = 0; row < count; row++) {
            long time = rows[row * stride];
            ascending &= rowCount + row == 0 || time > times[rowCount + row - 1];
            times[rowCount + row] = time;
        }
        for (int column = 0; column < layout.size(); column++) {
            column(layout.id(column)).append(rows, 1 + column, stride, count, rowCount, texts);
        }
        rowCount += count;
    }

    private HeadColumn column(int field) {
        if (field >= columns.length) {
            columns = Arrays.copyOf(columns, Math.max(field + 1, fields.size()));
        }
        HeadColumn column = columns[field];
        if (column == null) {
            column = new HeadColumn(fields.get(field).type());
            columns[field] = column;
        }
        return column;
    }

    /** See {@link HeadSeries#rows(TimeRange, int[])}. */
    @Nullable
    Rows rows(TimeRange range, int @Nullable [] wanted) {
        if (!ascending) {
            sort();
        }
        int from = firstAtLeast(range.minNanos());
        int to = range.maxNanos() == Long.MAX_VALUE ? rowCount : firstAtLeast(range.maxNanos() + 1);
        if (from >= to) {
            return null;
        }
        LongColumn rowTimes = LongColumn.wrapWithoutCopy(times, rowCount).region(from, to - from);
        return assemble(rowTimes, wanted, column -> column.slice(from, to));
    }

    /**
     * Puts the rows in order and makes those of equal time one, for which later rows overwrite what earlier ones say. What
     * is sorted once stays so, and the next reader finds views again: writers on several connections bring rows out of
     * order all the time. Into new arrays, as readers may hold views on the old ones.
     */
    private void sort() {
        int first = firstDisordered();
        int[] order = TimeOrder.of(times, first, rowCount);
        int[] targets = new int[order.length];
        long[] sorted = Arrays.copyOf(times, times.length);
        int distinct = first;
        for (int i = 0; i < order.length; i++) {
            long time = times[order[i]];
            if (distinct == first || time != sorted[distinct - 1]) {
                sorted[distinct++] = time;
            }
            targets[i] = distinct - 1;
        }
        for (int field = 0; field < columns.length; field++) {
            if (columns[field] != null) {
                columns[field] = columns[field].reordered(first, order, targets, distinct);
            }
        }
        times = sorted;
        rowCount = distinct;
        ascending = true;
    }

    /** The first row that is not in its place: before which another one belongs, or with which it is one. */
    private int firstDisordered() {
        long least = Long.MAX_VALUE;
        int row = rowCount - 1;
        int first = rowCount;
        for (; row > 0; row--) {
            least = Math.min(least, times[row]);
            if (times[row - 1] >= least) {
                first = row - 1;
            }
        }
        return first;
    }

    private int firstAtLeast(long time) {
        int found = Arrays.binarySearch(times, 0, rowCount, time);
        return found >= 0 ? found : -found - 1;
    }

    private Rows assemble(LongColumn rowTimes, int @Nullable [] wanted, Function<HeadColumn, Column> read) {
        List<FieldType> types = new ArrayList<>();
        List<Column> values = new ArrayList<>();
        int[] ids = new int[columns.length];
        int columnCount = 0;
        for (int field = 0; field < columns.length; field++) {
            if (columns[field] != null && isWanted(field, wanted)) {
                ids[columnCount++] = field;
                types.add(columns[field].type());
                values.add(read.apply(columns[field]));
            }
        }
        return new Rows(rowTimes, Arrays.copyOf(ids, columnCount), types, values);
    }

    private static boolean isWanted(int field, int @Nullable [] wanted) {
        if (wanted == null) {
            return true;
        }
        for (int id : wanted) {
            if (id == field) {
                return true;
            }
        }
        return false;
    }
}
