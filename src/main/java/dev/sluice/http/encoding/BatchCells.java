package dev.sluice.http.encoding;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.StringColumn;
import dev.sluice.column.StringListColumn;
import java.util.List;

/**
 * A batch unpacked for writing it row by row: what kind of values each column holds, and the arrays behind it, so that a
 * cell costs an array access and a switch rather than virtual calls. Reused from batch to batch. Not thread-safe.
 */
final class BatchCells {

    static final int TIME = 0;
    static final int INTEGER = 1;
    static final int UNSIGNED = 2;
    static final int FLOAT = 3;
    static final int BOOLEAN = 4;
    static final int STRING = 5;
    static final int LIST = 6;

    private static final long[] NO_LONGS = {};
    private static final double[] NO_DOUBLES = {};
    private static final StringColumn NO_STRINGS = StringColumn.constant(null, 0);

    int columnCount;
    int[] kinds = {};
    private Column[] columns = {};
    private boolean[] mayHaveNulls = {};
    private int[] offsets = {};
    private long[][] longs = {};
    private double[][] doubles = {};
    private StringColumn[] strings = {};

    /** Unpacks a batch of the series with the given header. */
    void bind(ColumnBatch batch, SeriesHeader header) {
        columnCount = batch.columns().size();
        if (kinds.length < columnCount) {
            kinds = new int[columnCount];
            columns = new Column[columnCount];
            mayHaveNulls = new boolean[columnCount];
            offsets = new int[columnCount];
            longs = new long[columnCount][];
            doubles = new double[columnCount][];
            strings = new StringColumn[columnCount];
        }
        for (int i = 0; i < columnCount; i++) {
            bind(i, batch.column(i), header);
        }
    }

    private void bind(int index, Column column, SeriesHeader header) {
        columns[index] = column;
        mayHaveNulls[index] = column.mayHaveNulls();
        longs[index] = NO_LONGS;
        doubles[index] = NO_DOUBLES;
        strings[index] = NO_STRINGS;
        if (column instanceof LongColumn values) {
            boolean time = index == 0 && header.timeColumn();
            kinds[index] = time ? TIME : header.unsignedColumns().get(index) ? UNSIGNED : INTEGER;
            longs[index] = values.array();
            offsets[index] = values.arrayOffset();
        } else if (column instanceof DoubleColumn values) {
            kinds[index] = FLOAT;
            doubles[index] = values.array();
            offsets[index] = values.arrayOffset();
        } else if (column instanceof StringColumn values) {
            kinds[index] = STRING;
            strings[index] = values;
        } else {
            kinds[index] = column instanceof BooleanColumn ? BOOLEAN : LIST;
        }
    }

    boolean isNull(int column, int row) {
        return mayHaveNulls[column] && columns[column].isNull(row);
    }

    long longAt(int column, int row) {
        return longs[column][offsets[column] + row];
    }

    double doubleAt(int column, int row) {
        return doubles[column][offsets[column] + row];
    }

    boolean booleanAt(int column, int row) {
        return ((BooleanColumn) columns[column]).get(row);
    }

    byte[] stringAt(int column, int row) {
        return strings[column].get(row);
    }

    StringColumn strings(int column) {
        return strings[column];
    }

    List<String> listAt(int column, int row) {
        return ((StringListColumn) columns[column]).get(row);
    }
}
