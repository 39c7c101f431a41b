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

/** Rows of a series in the head by column, in the order in which they came. Not thread-safe; {@link HeadSeries} guards it. */
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
        return ascending ? inOrder(range, wanted) : sortedRows(range, wanted);
    }

    /** Rows that came in order are handed out as views: what is written once does not change, later rows come behind it. */
    private @Nullable Rows inOrder(TimeRange range, int @Nullable [] wanted) {
        int from = firstAtLeast(range.minNanos());
        int to = range.maxNanos() == Long.MAX_VALUE ? rowCount : firstAtLeast(range.maxNanos() + 1);
        if (from >= to) {
            return null;
        }
        LongColumn rowTimes = LongColumn.wrapWithoutCopy(times, rowCount).region(from, to - from);
        return assemble(rowTimes, wanted, column -> column.slice(from, to));
    }

    private int firstAtLeast(long time) {
        int found = Arrays.binarySearch(times, 0, rowCount, time);
        return found >= 0 ? found : -found - 1;
    }

    private @Nullable Rows sortedRows(TimeRange range, int @Nullable [] wanted) {
        int[] inRange = new int[rowCount];
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            if (range.contains(times[row])) {
                inRange[count++] = row;
            }
        }
        if (count == 0) {
            return null;
        }
        int size = count;
        int[] order = sorted(inRange, size);
        // Equal times become one row, for which later rows overwrite what earlier ones say.
        int[] targets = new int[size];
        long[] rowTimes = new long[size];
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            long time = times[order[i]];
            if (i == 0 || time != rowTimes[distinct - 1]) {
                rowTimes[distinct++] = time;
            }
            targets[i] = distinct - 1;
        }
        int rows = distinct;
        return assemble(
                LongColumn.wrapWithoutCopy(rowTimes, rows), wanted, column -> column.build(order, targets, size, rows));
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

    private int[] sorted(int[] order, int size) {
        Integer[] boxed = new Integer[size];
        Arrays.setAll(boxed, i -> order[i]);
        Arrays.sort(boxed, (a, b) -> Long.compare(times[a], times[b]));
        int[] result = new int[size];
        Arrays.setAll(result, i -> boxed[i]);
        return result;
    }
}
