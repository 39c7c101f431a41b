package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of many series that come in any order and go sorted by time, those of equal time by the place of their series. They
 * stand in one array for each column, without an object for any row or series. Not thread-safe.
 */
final class SortedRows {

    /** The first batch is small, for statements that show few rows. */
    private static final int FIRST_BATCH_ROWS = 512;

    private static final int BATCH_ROWS = 8192;

    /** Time, place, and its entry in the order and in the copy that sorting needs. */
    private static final int ROW_BYTES = 8 + 4 + 4 + 4;

    private static final int VALUE_BYTES = 8;
    private static final int STRING_BYTES = 40;

    private final LongColumnBuilder times = new LongColumnBuilder();
    private final ColumnBuilder[] columns;
    private final long rowBytes;
    private int[] places = new int[64];
    private int count;
    private long stringBytes;
    private @Nullable ColumnBatch all;
    private int[] order = new int[0];
    private int position;

    SortedRows(List<FieldType> types) {
        columns = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        long values = types.stream()
                .mapToLong(type -> type == FieldType.STRING ? STRING_BYTES : VALUE_BYTES)
                .sum();
        // Arrays double as they grow, and are cut to their size at the end.
        rowBytes = (ROW_BYTES + values) * 2;
    }

    /** Adds rows of the series at a place; column 0 of the batch has the times. */
    void add(int place, ColumnBatch batch) {
        int added = batch.rowCount();
        if (count + added > places.length) {
            places = Arrays.copyOf(places, Math.max(count + added, places.length * 2));
        }
        Arrays.fill(places, count, count + added, place);
        count += added;
        times.appendRange(batch.column(0), 0, added);
        for (int i = 0; i < columns.length; i++) {
            Column column = batch.column(i + 1);
            columns[i].appendRange(column, 0, added);
            if (column instanceof StringColumn strings) {
                stringBytes += strings.retainedSizeInBytes();
            }
        }
    }

    /** Heap in use, with what sorting takes. */
    long retainedSizeInBytes() {
        return count * rowBytes + stringBytes;
    }

    /** The times that were added; nothing can be added or read afterwards. */
    LongColumn times() {
        return times.build();
    }

    /** Sorts; then rows are read. */
    SortedRows sorted(boolean ascending) {
        LongColumn built = times.build();
        Column[] made = new Column[columns.length + 1];
        made[0] = built;
        for (int i = 0; i < columns.length; i++) {
            made[i + 1] = columns[i].build();
        }
        all = ColumnBatch.of(made);
        order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        sort(built, ascending);
        return this;
    }

    /** The next rows; null at the end. */
    @Nullable
    ColumnBatch next() {
        int length = Math.min(position == 0 ? FIRST_BATCH_ROWS : BATCH_ROWS, count - position);
        if (all == null || length == 0) {
            return null;
        }
        int[] picked = Arrays.copyOfRange(order, position, position + length);
        position += length;
        return all.copyRows(picked, length);
    }

    /** Merges runs of growing length; rows of a series come in order, so that many runs are sorted as they are. */
    private void sort(LongColumn keys, boolean ascending) {
        int[] from = order;
        int[] to = new int[count];
        for (int width = 1; width < count && width > 0; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                int middle = Math.min(start + width, count);
                int end = (int) Math.min((long) start + 2L * width, count);
                merge(keys, ascending, from, to, start, middle, end);
                if (end == count) {
                    break;
                }
            }
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        order = from;
    }

    private void merge(LongColumn keys, boolean ascending, int[] from, int[] to, int start, int middle, int end) {
        if (middle == end || !isBefore(keys, ascending, from[middle], from[middle - 1])) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeRight = left == middle || right < end && isBefore(keys, ascending, from[right], from[left]);
            to[i] = from[takeRight ? right++ : left++];
        }
    }

    private boolean isBefore(LongColumn keys, boolean ascending, int one, int other) {
        long a = keys.get(one);
        long b = keys.get(other);
        if (a != b) {
            return ascending == a < b;
        }
        return places[one] < places[other];
    }
}
