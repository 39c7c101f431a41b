package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.RowGatherer;
import dev.sluice.query.source.RowCursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several inner statements. Of their next rows the earliest comes first, though what follows it in its own result
 * may be earlier still: results are not ordered by time where they are grouped. Among equal times the order is the one
 * that InfluxDB's heap happens to have, which takes the last row's cursor out and puts it in again at the end.
 */
final class ResultsCursor implements RowCursor {

    private static final int BATCH_ROWS = 4096;

    private final List<RowCursor> inputs;
    private final boolean ascending;
    private final RowGatherer rows;
    private final List<Head> heap = new ArrayList<>();
    private boolean started;
    private int made;

    /**
     * A merge.
     *
     * @param inputs closed with this cursor
     * @param types of the columns behind the times
     */
    ResultsCursor(List<RowCursor> inputs, List<FieldType> types, boolean ascending) {
        this.inputs = inputs;
        this.ascending = ascending;
        this.rows = new RowGatherer(types, BATCH_ROWS);
    }

    private static final class Head {

        private final RowCursor cursor;
        private @Nullable ColumnBatch batch;
        private int row;
        private int entry;
        private int entered = -1;

        Head(RowCursor cursor) {
            this.cursor = cursor;
        }

        boolean advance() {
            if (batch == null || ++row == batch.rowCount()) {
                batch = cursor.next();
                row = 0;
                entered = -1;
            }
            return batch != null;
        }

        long time() {
            if (batch == null) {
                throw new IllegalStateException("no row");
            }
            return ((LongColumn) batch.column(0)).get(row);
        }
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (!started) {
            started = true;
            start();
        }
        if (heap.isEmpty()) {
            return null;
        }
        made++;
        while (!heap.isEmpty() && !rows.isFull()) {
            Head head = takeFirst();
            if (head.entered != made && head.batch != null) {
                head.entered = made;
                head.entry = rows.enter(head.batch);
            }
            rows.add(head.entry, head.row);
            if (head.advance()) {
                heap.add(head);
                siftUp(heap.size() - 1);
            }
        }
        return rows.build();
    }

    private void start() {
        for (RowCursor input : inputs) {
            Head head = new Head(input);
            if (head.advance()) {
                heap.add(head);
            }
        }
        for (int i = heap.size() / 2 - 1; i >= 0; i--) {
            siftDown(i, heap.size());
        }
    }

    private Head takeFirst() {
        int last = heap.size() - 1;
        Collections.swap(heap, 0, last);
        siftDown(0, last);
        return heap.remove(last);
    }

    private void siftUp(int from) {
        int at = from;
        while (at > 0 && isBefore(at, (at - 1) / 2)) {
            Collections.swap(heap, at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void siftDown(int from, int size) {
        int at = from;
        for (int child; (child = 2 * at + 1) < size; at = child) {
            if (child + 1 < size && isBefore(child + 1, child)) {
                child++;
            }
            if (!isBefore(child, at)) {
                return;
            }
            Collections.swap(heap, at, child);
        }
    }

    private boolean isBefore(int one, int other) {
        long time = heap.get(one).time();
        long than = heap.get(other).time();
        return ascending ? time < than : time > than;
    }

    @Override
    public void close() {
        inputs.forEach(RowCursor::close);
    }
}
