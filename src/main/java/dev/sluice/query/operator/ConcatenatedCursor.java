package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.query.source.RowCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of several cursors, one cursor after the other. */
final class ConcatenatedCursor implements RowCursor {

    private final List<RowCursor> inputs;
    private int current;

    /**
     * A concatenation.
     *
     * @param inputs closed with this cursor
     */
    ConcatenatedCursor(List<RowCursor> inputs) {
        this.inputs = inputs;
    }

    @Override
    public @Nullable ColumnBatch next() {
        for (; current < inputs.size(); current++) {
            ColumnBatch batch = inputs.get(current).next();
            if (batch != null) {
                return batch;
            }
        }
        return null;
    }

    @Override
    public void close() {
        inputs.forEach(RowCursor::close);
    }
}
