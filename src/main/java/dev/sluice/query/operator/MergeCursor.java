package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.kernel.RowGatherer;
import dev.sluice.query.source.RowCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of several cursors in order of time; those of equal time in the order of the cursors. */
final class MergeCursor implements RowCursor {

    /** Batches grow, so that a statement with a small LIMIT does not merge more than it shows. */
    private static final int FIRST_BATCH_ROWS = 512;

    private static final int BATCH_ROWS = 8192;

    /** From so many inputs on, their first batches are made by several threads. */
    private static final int WORTH_INPUTS = 16;

    /** A head and the frame of its batch. */
    private static final long HEAD_BYTES = 200;

    private static final long COLUMN_BYTES = 72;

    private final List<RowCursor> inputs;
    private final boolean ascending;
    private final List<FieldType> types;
    private final QueryWorkers workers;
    private final MemoryAccount memory;
    private RowGatherer rows;

    /** The inputs that have rows as a binary heap, the one whose row comes next first. */
    private final Head[] heap;

    private int heapSize;
    private boolean started;

    /** How many batches were made; what heads know of the gatherer holds for one. */
    private int made;

    /**
     * A merge.
     *
     * @param inputs closed with this cursor
     * @param types of the columns behind the times
     * @param memory has the batches of all inputs until this cursor is closed
     */
    MergeCursor(
            List<RowCursor> inputs,
            List<FieldType> types,
            boolean ascending,
            QueryWorkers workers,
            MemoryAccount memory) {
        this.inputs = inputs;
        this.ascending = ascending;
        this.types = types;
        this.workers = workers;
        this.memory = memory.openPart();
        this.rows = new RowGatherer(types, FIRST_BATCH_ROWS);
        this.heap = new Head[inputs.size()];
    }

    /** The next row of one cursor. */
    private static final class Head {

        private final RowCursor cursor;
        private final int order;
        private @Nullable ColumnBatch batch;
        private long[] times = new long[0];
        private int offset;
        private int row;
        private int rowCount;
        private long time;
        private int entry;
        private int entered = -1;
        private MemoryAccount.Buffer held;
        private long batchBytes;

        Head(RowCursor cursor, int order, MemoryAccount.Buffer held) {
            this.cursor = cursor;
            this.order = order;
            this.held = held;
        }

        boolean advance() {
            row++;
            if (row < rowCount) {
                time = times[offset + row];
                return true;
            }
            return nextBatch();
        }

        private static long size(ColumnBatch batch) {
            long bytes = 0;
            for (Column column : batch.columns()) {
                bytes += COLUMN_BYTES + column.retainedSizeInBytes();
            }
            return bytes;
        }

        boolean nextBatch() {
            batch = cursor.next();
            entered = -1;
            long bytes = batch == null ? 0 : HEAD_BYTES + size(batch);
            held.grow(bytes - batchBytes);
            batchBytes = bytes;
            if (batch == null) {
                return false;
            }
            LongColumn column = (LongColumn) batch.column(0);
            times = column.array();
            offset = column.arrayOffset();
            rowCount = batch.rowCount();
            row = 0;
            time = times[offset];
            return true;
        }
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (!started) {
            start();
        }
        if (heapSize == 0) {
            return null;
        }
        if (made++ == 1) {
            rows = new RowGatherer(types, BATCH_ROWS);
        }
        while (heapSize > 0 && !rows.isFull()) {
            Head head = heap[0];
            if (head.entered != made && head.batch != null) {
                head.entered = made;
                head.entry = rows.enter(head.batch);
            }
            rows.add(head.entry, head.row);
            if (!head.advance()) {
                heap[0] = heap[--heapSize];
            }
            siftDown(0);
        }
        return rows.build();
    }

    private void start() {
        started = true;
        Head[] heads = new Head[inputs.size()];
        int parts = inputs.size() < WORTH_INPUTS ? 1 : workers.parallelism();
        List<Runnable> pieces = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) heads.length * part / parts);
            int to = (int) ((long) heads.length * (part + 1) / parts);
            MemoryAccount.Buffer held = memory.buffer();
            pieces.add(() -> {
                for (int i = from; i < to; i++) {
                    Head head = new Head(inputs.get(i), i, held);
                    heads[i] = head.nextBatch() ? head : null;
                }
            });
        }
        workers.doAll(pieces);
        for (Head head : heads) {
            if (head != null) {
                heap[heapSize++] = head;
            }
        }
        for (int i = heapSize / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    private void siftDown(int from) {
        int at = from;
        Head head = heap[at];
        while (true) {
            int child = 2 * at + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], head)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = head;
    }

    private boolean isBefore(Head one, Head other) {
        if (one.time != other.time) {
            return ascending ? one.time < other.time : one.time > other.time;
        }
        return one.order < other.order;
    }

    @Override
    public void close() {
        inputs.forEach(RowCursor::close);
        memory.close();
    }
}
