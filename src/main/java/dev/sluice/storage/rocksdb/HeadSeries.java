package dev.sluice.storage.rocksdb;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.codec.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of one series that are not in blocks yet, in the order in which they came. Thread-safe by its own monitor. */
final class HeadSeries {

    private static final int INITIAL_ROWS = 8;

    private final ShardSchemas.Fields fields;
    private long[] times = new long[INITIAL_ROWS];
    private int rowCount;
    private boolean ascending = true;
    private Buffer[] buffers = new Buffer[0];

    HeadSeries(ShardSchemas.Fields fields) {
        this.fields = fields;
    }

    /** The fields of this series' measurement in its shard. */
    ShardSchemas.Fields fields() {
        return fields;
    }

    /** Begins a row; the caller holds the monitor until its values are set. */
    void beginRowLocked(long timestampNanos) {
        if (rowCount == times.length) {
            times = Arrays.copyOf(times, rowCount * 2);
        }
        ascending &= rowCount == 0 || timestampNanos > times[rowCount - 1];
        times[rowCount++] = timestampNanos;
    }

    /** Sets a number or boolean of the row begun last. */
    void setLocked(int field, long bits) {
        buffer(field).set(rowCount - 1, bits);
    }

    /** Sets a string of the row begun last. */
    void setLocked(int field, byte[] value) {
        buffer(field).set(rowCount - 1, value);
    }

    private Buffer buffer(int field) {
        if (field >= buffers.length) {
            buffers = Arrays.copyOf(buffers, Math.max(field + 1, fields.size()));
        }
        Buffer buffer = buffers[field];
        if (buffer == null) {
            buffer = new Buffer(fields.get(field).type());
            buffers[field] = buffer;
        }
        return buffer;
    }

    /** All rows, sorted and without duplicates; null when there are none. */
    @Nullable
    Rows rows() {
        return rows(TimeRange.ALL, null);
    }

    /**
     * The rows within a range, sorted and without duplicates; null when there are none.
     *
     * @param wanted ids of the fields to read; null for all
     */
    synchronized @Nullable Rows rows(TimeRange range, int @Nullable [] wanted) {
        return ascending ? inOrder(range, wanted) : sortedRows(range, wanted);
    }

    /** Rows that came in order are handed out as views: what is written once does not change, later rows come behind it. */
    private @Nullable Rows inOrder(TimeRange range, int @Nullable [] wanted) {
        int from = firstAtLeast(range.minNanos());
        int to = range.maxNanos() == Long.MAX_VALUE ? rowCount : firstAtLeast(range.maxNanos() + 1);
        if (from >= to) {
            return null;
        }
        LongColumn rowTimes = LongColumn.wrapWithoutCopy(times, rowCount).region(from, to - from);
        return assemble(rowTimes, wanted, buffer -> buffer.slice(from, to));
    }

    private int firstAtLeast(long time) {
        int found = Arrays.binarySearch(times, 0, rowCount, time);
        return found >= 0 ? found : -found - 1;
    }

    private @Nullable Rows sortedRows(TimeRange range, int @Nullable [] wanted) {
        int[] inRange = new int[rowCount];
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            if (range.contains(times[row])) {
                inRange[count++] = row;
            }
        }
        if (count == 0) {
            return null;
        }
        int size = count;
        int[] order = sorted(inRange, size);
        // Equal times become one row, for which later rows overwrite what earlier ones say.
        int[] targets = new int[size];
        long[] rowTimes = new long[size];
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            long time = times[order[i]];
            if (i == 0 || time != rowTimes[distinct - 1]) {
                rowTimes[distinct++] = time;
            }
            targets[i] = distinct - 1;
        }
        int rows = distinct;
        return assemble(
                LongColumn.wrapWithoutCopy(rowTimes, rows), wanted, buffer -> buffer.build(order, targets, size, rows));
    }

    private Rows assemble(LongColumn rowTimes, int @Nullable [] wanted, Function<Buffer, Column> read) {
        List<FieldType> types = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        int[] ids = new int[buffers.length];
        int columnCount = 0;
        for (int field = 0; field < buffers.length; field++) {
            if (buffers[field] != null && isWanted(field, wanted)) {
                ids[columnCount++] = field;
                types.add(buffers[field].type);
                columns.add(read.apply(buffers[field]));
            }
        }
        return new Rows(rowTimes, Arrays.copyOf(ids, columnCount), types, columns);
    }

    private static boolean isWanted(int field, int @Nullable [] wanted) {
        if (wanted == null) {
            return true;
        }
        for (int id : wanted) {
            if (id == field) {
                return true;
            }
        }
        return false;
    }

    private int[] sorted(int[] order, int size) {
        Integer[] boxed = new Integer[size];
        Arrays.setAll(boxed, i -> order[i]);
        Arrays.sort(boxed, (a, b) -> Long.compare(times[a], times[b]));
        int[] result = new int[size];
        Arrays.setAll(result, i -> boxed[i]);
        return result;
    }

    /** The values of one field, by row. */
    private static final class Buffer {

        private final FieldType type;
        private long[] bits = new long[0];
        private byte[][] strings = new byte[0][];
        private long[] present = new long[1];

        Buffer(FieldType type) {
            this.type = type;
        }

        void set(int row, long value) {
            if (row >= bits.length) {
                bits = Arrays.copyOf(bits, Math.max(INITIAL_ROWS, Math.max(row + 1, bits.length * 2)));
            }
            bits[row] = value;
            mark(row);
        }

        void set(int row, byte[] value) {
            if (row >= strings.length) {
                strings = Arrays.copyOf(strings, Math.max(INITIAL_ROWS, Math.max(row + 1, strings.length * 2)));
            }
            strings[row] = value;
            mark(row);
        }

        private void mark(int row) {
            if (row >>> 6 >= present.length) {
                present = Arrays.copyOf(present, Math.max((row >>> 6) + 1, present.length * 2));
            }
            present[row >>> 6] |= 1L << row;
        }

        private boolean has(int row) {
            return row >>> 6 < present.length && (present[row >>> 6] & (1L << row)) != 0;
        }

        private boolean hasAll(int from, int to) {
            for (int row = from; row < to; ) {
                int word = row >>> 6;
                if ((row & 63) == 0 && row + 64 <= to && word < present.length && present[word] == -1L) {
                    row += 64;
                } else if (has(row)) {
                    row++;
                } else {
                    return false;
                }
            }
            return true;
        }

        /** Rows of a buffer in which they are in order. */
        Column slice(int from, int to) {
            int rows = to - from;
            if (hasAll(from, to)) {
                if (type == FieldType.INTEGER || type == FieldType.UNSIGNED) {
                    return LongColumn.wrapWithoutCopy(bits, bits.length).region(from, rows);
                }
                if (type == FieldType.FLOAT) {
                    double[] values = new double[rows];
                    for (int row = 0; row < rows; row++) {
                        values[row] = Double.longBitsToDouble(bits[from + row]);
                    }
                    return DoubleColumn.wrapWithoutCopy(values, null, rows);
                }
            }
            int[] order = new int[rows];
            int[] targets = new int[rows];
            Arrays.setAll(order, row -> from + row);
            Arrays.setAll(targets, row -> row);
            return build(order, targets, rows, rows);
        }

        Column build(int[] order, int[] targets, int size, int rows) {
            long[] nulls = NullMask.allocate(rows);
            Arrays.fill(nulls, -1L);
            int[] source = new int[rows];
            int found = 0;
            for (int i = 0; i < size; i++) {
                if (has(order[i])) {
                    int target = targets[i];
                    found += NullMask.isSet(nulls, target) ? 1 : 0;
                    source[target] = order[i];
                    nulls[target >>> 6] &= ~(1L << target);
                }
            }
            long[] mask = found == rows ? null : nulls;
            return switch (type) {
                case FLOAT -> {
                    double[] values = new double[rows];
                    for (int row = 0; row < rows; row++) {
                        values[row] = NullMask.isSet(mask, row) ? 0 : Double.longBitsToDouble(bits[source[row]]);
                    }
                    yield DoubleColumn.wrapWithoutCopy(values, mask, rows);
                }
                case INTEGER, UNSIGNED -> {
                    long[] values = new long[rows];
                    for (int row = 0; row < rows; row++) {
                        values[row] = NullMask.isSet(mask, row) ? 0 : bits[source[row]];
                    }
                    yield LongColumn.wrapWithoutCopy(values, mask, rows);
                }
                case BOOLEAN -> {
                    boolean[] values = new boolean[rows];
                    for (int row = 0; row < rows; row++) {
                        values[row] = !NullMask.isSet(mask, row) && bits[source[row]] != 0;
                    }
                    yield BooleanColumn.wrapWithoutCopy(values, mask, rows);
                }
                case STRING -> {
                    byte[][] values = new byte[rows][];
                    int[] indexes = new int[rows];
                    for (int row = 0; row < rows; row++) {
                        indexes[row] = row;
                        values[row] = NullMask.isSet(mask, row) ? null : strings[source[row]];
                    }
                    yield StringColumn.wrapWithoutCopy(values, indexes, mask, rows);
                }
            };
        }
    }
}
