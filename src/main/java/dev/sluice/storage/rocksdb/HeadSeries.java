package dev.sluice.storage.rocksdb;

import dev.sluice.model.PointBatch;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.codec.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one series that are not in blocks yet, in the order in which they came. Thread-safe by its own monitor.
 *
 * <p>The latest rows stand row by row, as they come: adding one touches one place in memory instead of one for each field,
 * and a series of few rows takes one array. They are put into columns, which is what readers want, when there are many of
 * them, or the fields change.
 */
final class HeadSeries {

    /** What a series takes beside its rows, in bytes; an estimate. */
    static final int OVERHEAD_IN_BYTES = 96;

    private static final int TAIL_ROWS = 64;
    private static final byte[][] NO_TEXTS = new byte[0][];

    private final ShardSchemas.Fields fields;
    private @Nullable HeadColumns columns;

    private @Nullable FieldLayout layout;
    private long[] tail = new long[0];
    private int tailRows;

    /** Strings of the tail, in which numbers stand for them. */
    private byte[][] texts = NO_TEXTS;

    private int textCount;

    HeadSeries(ShardSchemas.Fields fields) {
        this.fields = fields;
    }

    /** The fields of this series' measurement in its shard. */
    ShardSchemas.Fields fields() {
        return fields;
    }

    /**
     * Adds a row; the caller holds the monitor.
     *
     * @param values where its values stand, as {@link PointBatch#fieldBits()} has them
     * @param from the first of them
     * @param arena where the bytes of strings stand; they are copied
     */
    void addLocked(FieldLayout rowLayout, long timestampNanos, long[] values, int from, byte[] arena) {
        int size = rowLayout.size();
        if (rowLayout != layout || tailRows == TAIL_ROWS) {
            moveToColumns();
            layout = rowLayout;
        }
        int at = tailRows * (1 + size);
        if (at + 1 + size > tail.length) {
            int rows = Math.min(TAIL_ROWS, tailRows * 2);
            tail = Arrays.copyOf(tail, Math.max(rows, tailRows + 1) * (1 + size));
        }
        tail[at] = timestampNanos;
        System.arraycopy(values, from, tail, at + 1, size);
        if (rowLayout.hasStrings()) {
            keepTexts(rowLayout, at + 1, arena);
        }
        tailRows++;
    }

    private void keepTexts(FieldLayout rowLayout, int at, byte[] arena) {
        for (int column = 0; column < rowLayout.size(); column++) {
            if (rowLayout.isString(column)) {
                if (textCount == texts.length) {
                    texts = Arrays.copyOf(texts, Math.max(4, textCount * 2));
                }
                int start = PointBatch.stringOffset(tail[at + column]);
                int end = start + PointBatch.stringLength(tail[at + column]);
                texts[textCount] = Arrays.copyOfRange(arena, start, end);
                tail[at + column] = textCount++;
            }
        }
    }

    private void moveToColumns() {
        if (layout == null || tailRows == 0) {
            return;
        }
        if (columns == null) {
            columns = new HeadColumns(fields);
        }
        columns.append(layout, tail, tailRows, texts);
        tailRows = 0;
        texts = NO_TEXTS;
        textCount = 0;
    }

    /** All rows, sorted and without duplicates; null when there are none. */
    @Nullable
    Rows rows() {
        return rows(TimeRange.ALL, null);
    }

    /**
     * The rows within a range, sorted and without duplicates; null when there are none. Rows that came in order are handed
     * out as views: what is written once does not change, later rows come behind it.
     *
     * @param wanted ids of the fields to read; null for all
     */
    synchronized @Nullable Rows rows(TimeRange range, int @Nullable [] wanted) {
        if (columns != null) {
            moveToColumns();
            return columns.rows(range, wanted);
        }
        if (layout == null) {
            return null;
        }
        // Columns of their own, and not kept: a million series of a row each would take several times the memory.
        HeadColumns few = new HeadColumns(fields);
        few.append(layout, tail, tailRows, texts);
        return few.rows(range, wanted);
    }
}
