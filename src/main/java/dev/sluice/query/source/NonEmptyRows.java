package dev.sluice.query.source;

import dev.sluice.column.ColumnBatch;
import org.jspecify.annotations.Nullable;

/** The runs of a batch's rows that have a value besides their time: a row that conversion emptied is none. */
final class NonEmptyRows {

    private final ColumnBatch batch;
    private int position;

    NonEmptyRows(ColumnBatch batch) {
        this.batch = batch;
    }

    /** The next run; null at the end. */
    @Nullable
    ColumnBatch next() {
        int rows = batch.rowCount();
        while (position < rows && isEmpty(position)) {
            position++;
        }
        int start = position;
        while (position < rows && !isEmpty(position)) {
            position++;
        }
        return start == position ? null : batch.region(start, position - start);
    }

    private boolean isEmpty(int row) {
        for (int i = 1; i < batch.columns().size(); i++) {
            if (!batch.column(i).isNull(row)) {
                return false;
            }
        }
        return true;
    }
}
