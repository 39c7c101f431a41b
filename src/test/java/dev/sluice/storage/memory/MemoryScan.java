package dev.sluice.storage.memory;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.storage.BatchStatistics;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesScan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads rows that were copied when the scan was opened. */
final class MemoryScan implements SeriesScan {

    private final ScanRequest request;
    private final List<FieldType> types;
    private final Iterator<Map.Entry<Integer, List<Row>>> remaining;
    private final int rowsPerBatch;
    private final boolean statistics;

    private int series = -1;
    private List<Row> rows = List.of();
    private int position;
    private boolean closed;

    /** A stored row. */
    record Row(long timestampNanos, Map<String, Object> values) {}

    MemoryScan(
            ScanRequest request,
            MeasurementSchema schema,
            TreeMap<Integer, List<Row>> rows,
            int rowsPerBatch,
            boolean statistics) {
        this.request = request;
        this.types = request.fields().stream()
                .map(field -> schema.fields().getOrDefault(field, FieldType.FLOAT))
                .toList();
        this.remaining = rows.entrySet().iterator();
        this.rowsPerBatch = rowsPerBatch;
        this.statistics = statistics;
    }

    @Override
    public boolean nextSeries() {
        requireOpen();
        rows = List.of();
        position = 0;
        if (!remaining.hasNext()) {
            return false;
        }
        Map.Entry<Integer, List<Row>> next = remaining.next();
        series = next.getKey();
        rows = new ArrayList<>(next.getValue());
        if (!request.ascending()) {
            Collections.reverse(rows);
        }
        if (request.rowLimit() > 0 && rows.size() > request.rowLimit()) {
            rows = rows.subList(0, request.rowLimit());
        }
        return true;
    }

    @Override
    public int series() {
        return series;
    }

    private List<Row> upcoming() {
        return rows.subList(position, position + Math.min(rowsPerBatch, rows.size() - position));
    }

    @Override
    public @Nullable BatchStatistics peekStatistics() {
        requireOpen();
        List<Row> batch = new ArrayList<>(upcoming());
        if (!statistics || batch.isEmpty()) {
            return null;
        }
        if (!request.ascending()) {
            Collections.reverse(batch);
        }
        return new MemoryStatistics(request.fields(), types, batch);
    }

    @Override
    public void skipBatch() {
        requireOpen();
        position += upcoming().size();
    }

    @Override
    public @Nullable ColumnBatch nextBatch() {
        requireOpen();
        List<Row> batch = upcoming();
        if (batch.isEmpty()) {
            return null;
        }
        position += batch.size();
        List<Column> columns = new ArrayList<>();
        columns.add(LongColumn.wrapWithoutCopy(
                batch.stream().mapToLong(Row::timestampNanos).toArray(), batch.size()));
        for (int field = 0; field < types.size(); field++) {
            columns.add(column(batch, request.fields().get(field), types.get(field)));
        }
        return new ColumnBatch(batch.size(), columns);
    }

    private static Column column(List<Row> batch, String field, FieldType type) {
        int size = batch.size();
        long[] nulls = NullMask.allocate(size);
        boolean anyNull = false;
        double[] doubles = new double[size];
        long[] longs = new long[size];
        boolean[] booleans = new boolean[size];
        byte[][] strings = new byte[size][];
        int[] indexes = new int[size];
        for (int row = 0; row < size; row++) {
            Object value = batch.get(row).values().get(field);
            indexes[row] = row;
            if (value instanceof Double number) {
                doubles[row] = number;
            } else if (value instanceof Long number) {
                longs[row] = number;
            } else if (value instanceof Boolean truth) {
                booleans[row] = truth;
            } else if (value instanceof byte[] bytes) {
                strings[row] = bytes;
            } else {
                NullMask.set(nulls, row);
                anyNull = true;
            }
        }
        long[] mask = anyNull ? nulls : null;
        return switch (type) {
            case FLOAT -> DoubleColumn.wrapWithoutCopy(doubles, mask, size);
            case INTEGER, UNSIGNED -> LongColumn.wrapWithoutCopy(longs, mask, size);
            case BOOLEAN -> BooleanColumn.wrapWithoutCopy(booleans, mask, size);
            case STRING -> StringColumn.wrapWithoutCopy(strings, indexes, mask, size);
        };
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scan is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
