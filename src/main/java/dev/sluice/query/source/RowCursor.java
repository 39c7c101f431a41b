package dev.sluice.query.source;

import dev.sluice.column.ColumnBatch;
import org.jspecify.annotations.Nullable;

/** Rows in order of time, batch by batch. Not thread-safe. */
public interface RowCursor extends AutoCloseable {

    /** The next rows, at least one: column 0 holds the times. Null at the end. */
    @Nullable
    ColumnBatch next();

    /** Frees what the cursor holds; further calls do nothing. */
    @Override
    void close();
}
