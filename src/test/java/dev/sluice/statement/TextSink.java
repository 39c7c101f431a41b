package dev.sluice.statement;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.StringColumn;
import dev.sluice.column.StringListColumn;

/** Results as text: {@code name{tags}[columns] (row)(row)}, statements separated by semicolons. */
public final class TextSink implements ResultSink {

    private final StringBuilder text = new StringBuilder();

    @Override
    public void beginStatement(int statementId) {
        text.append(text.isEmpty() ? "" : "; ").append(statementId).append(':');
    }

    @Override
    public void series(SeriesHeader header) {
        text.append(' ').append(header.name());
        text.append(header.tags().isEmpty() ? "" : header.tags());
        text.append('[').append(String.join(",", header.columns())).append("] ");
    }

    @Override
    public void rows(ColumnBatch batch) {
        for (int row = 0; row < batch.rowCount(); row++) {
            text.append('(');
            for (int i = 0; i < batch.columns().size(); i++) {
                text.append(i == 0 ? "" : ",").append(value(batch.column(i), row));
            }
            text.append(')');
        }
    }

    private static Object value(Column column, int row) {
        if (column.isNull(row)) {
            return "null";
        }
        if (column instanceof LongColumn longs) {
            return longs.get(row);
        }
        if (column instanceof DoubleColumn doubles) {
            return doubles.get(row);
        }
        if (column instanceof BooleanColumn booleans) {
            return booleans.get(row);
        }
        return column instanceof StringListColumn lists ? lists.get(row) : ((StringColumn) column).getString(row);
    }

    @Override
    public void message(String level, String message) {
        text.append(' ').append(level).append(": ").append(message);
    }

    @Override
    public void error(String error) {
        text.append(" error: ").append(error);
    }

    @Override
    public void endStatement() {
        // The next statement or the end of the text says so.
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
