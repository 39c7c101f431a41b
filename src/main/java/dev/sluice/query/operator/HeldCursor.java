package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.source.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that gives back at its end what was noted for it.
 *
 * @param rows closed with this cursor
 * @param held closed with this cursor
 */
record HeldCursor(RowCursor rows, MemoryAccount.Buffer held) implements RowCursor {

    @Override
    public @Nullable ColumnBatch next() {
        return rows.next();
    }

    @Override
    public void close() {
        rows.close();
        held.close();
    }
}
