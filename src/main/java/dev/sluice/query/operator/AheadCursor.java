package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.source.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which the next batch is made while the one before is used, once a cursor has shown that it has many. Not
 * thread-safe.
 */
final class AheadCursor implements RowCursor {

    /** Smaller batches are made sooner than a thread is woken up. */
    private static final int WORTH_ROWS = 500;

    private final RowCursor input;
    private final QueryWorkers workers;
    private QueryWorkers.@Nullable Piece<@Nullable ColumnBatch> next;

    /**
     * A cursor that reads ahead.
     *
     * @param input used by one thread at a time; closed with this cursor
     */
    AheadCursor(RowCursor input, QueryWorkers workers) {
        this.input = input;
        this.workers = workers;
    }

    @Override
    public @Nullable ColumnBatch next() {
        QueryWorkers.Piece<@Nullable ColumnBatch> begun = next;
        next = null;
        ColumnBatch batch = begun == null ? input.next() : begun.result();
        if (batch != null && batch.rowCount() >= WORTH_ROWS && workers.parallelism() > 1) {
            next = workers.begin(input::next);
        }
        return batch;
    }

    @Override
    public void close() {
        if (next != null) {
            // A thread may be at it, and must not find the input closed.
            next.abandon();
            next = null;
        }
        input.close();
    }
}
