package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.query.source.RowCursor;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Rows of several cursors in order of time; those of equal time in the order of the cursors. */
final class MergeCursor implements RowCursor {

    private static final int BATCH_ROWS = 1000;

    private final List<RowCursor> inputs;
    private final List<FieldType> types;
    private final PriorityQueue<Head> heads;
    private boolean started;

    /**
     * A merge.
     *
     * @param inputs closed with this cursor
     * @param types of the columns behind the times
     */
    MergeCursor(List<RowCursor> inputs, List<FieldType> types, boolean ascending) {
        this.inputs = inputs;
        this.types = types;
        this.heads = new PriorityQueue<>((one, other) -> {
            int compared = ascending ? Long.compare(one.time, other.time) : Long.compare(other.time, one.time);
            return compared != 0 ? compared : Integer.compare(one.order, other.order);
        });
    }

    /** The next row of one cursor. */
    private static final class Head {

        private final RowCursor cursor;
        private final int order;
        private @Nullable ColumnBatch batch;
        private int row = -1;
        private long time;

        Head(RowCursor cursor, int order) {
            this.cursor = cursor;
            this.order = order;
        }

        boolean advance() {
            row++;
            if (batch == null || row == batch.rowCount()) {
                batch = cursor.next();
                row = 0;
            }
            if (batch == null) {
                return false;
            }
            time = ((LongColumn) batch.column(0)).get(row);
            return true;
        }
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (!started) {
            started = true;
            for (int i = 0; i < inputs.size(); i++) {
                push(new Head(inputs.get(i), i));
            }
        }
        if (heads.isEmpty()) {
            return null;
        }
        LongColumnBuilder times = new LongColumnBuilder();
        ColumnBuilder[] columns = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        while (times.length() < BATCH_ROWS && !heads.isEmpty()) {
            Head head = heads.poll();
            ColumnBatch batch = head.batch;
            if (batch == null) {
                throw new IllegalStateException("a head without a row");
            }
            times.append(head.time);
            for (int i = 0; i < columns.length; i++) {
                columns[i].appendFrom(batch.column(i + 1), head.row);
            }
            push(head);
        }
        Column[] merged = new Column[columns.length + 1];
        merged[0] = times.build();
        for (int i = 0; i < columns.length; i++) {
            merged[i + 1] = columns[i].build();
        }
        return ColumnBatch.of(merged);
    }

    private void push(Head head) {
        if (head.advance()) {
            heads.add(head);
        }
    }

    @Override
    public void close() {
        inputs.forEach(RowCursor::close);
    }
}
