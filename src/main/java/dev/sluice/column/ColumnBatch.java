package dev.sluice.column;

import java.util.List;

/**
 * Columns of equal length: some consecutive rows of a result or of a series. Immutable.
 *
 * @param rowCount rows in every column
 * @param columns in the order of the {@link SeriesHeader} or scan they belong to
 */
public record ColumnBatch(int rowCount, List<Column> columns) {

    public ColumnBatch {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            if (column.length() != rowCount) {
                throw new IllegalArgumentException("a column has " + column.length() + " rows, not " + rowCount);
            }
        }
    }

    /** A batch of the given columns, of which there must be at least one. */
    public static ColumnBatch of(Column... columns) {
        return new ColumnBatch(columns[0].length(), List.of(columns));
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /** The rows from {@code start}, {@code length} of them, as views. */
    public ColumnBatch region(int start, int length) {
        if (start == 0 && length == rowCount) {
            return this;
        }
        return new ColumnBatch(
                length,
                columns.stream().map(column -> column.region(start, length)).toList());
    }

    /** Some rows in the given order, {@code count} of them, in arrays of their own. */
    public ColumnBatch copyRows(int[] rows, int count) {
        Column[] picked = new Column[columns.size()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = columns.get(i).copyRows(rows, count);
        }
        return new ColumnBatch(count, List.of(picked));
    }
}
