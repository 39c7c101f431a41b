package dev.sluice.statement;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.SeriesSink;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.ingest.PointWriter;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a SELECT finds as points (InfluxQL, "the INTO clause"): grouping tags stay tags, columns become fields, null
 * cells are passed over and rows without any value leave no point.
 */
final class SelectIntoSink implements SeriesSink {

    /** The header of the answer, which counts the points written. */
    static final SeriesHeader RESULT_HEADER =
            new SeriesHeader("result", Map.of(), List.of("time", "written"), true, new BitSet(), ZoneOffset.UTC);

    private static final int BATCH_POINTS = 5_000;

    private final Measurement target;
    private final Set<String> tagColumns;
    private final Execution execution;
    private final PointWriter writer;
    private PointBatch batch = new PointBatch();
    private @Nullable SeriesHeader header;
    private @Nullable SeriesKey key;
    private long written;

    /**
     * A target.
     *
     * @param tagColumns columns that are written as tags and not as fields
     */
    SelectIntoSink(Measurement target, Set<String> tagColumns, Execution execution, PointWriter writer) {
        this.target = target;
        this.tagColumns = tagColumns;
        this.execution = execution;
        this.writer = writer;
    }

    @Override
    public void series(SeriesHeader header) {
        if (!header.timeColumn() || !header.columns().get(0).equals("time")) {
            throw new StatementException("error finding time index in result");
        }
        this.header = header;
        this.key = new SeriesKey(target.name().isEmpty() ? header.name() : target.name(), TagSet.of(header.tags()));
    }

    @Override
    public void rows(ColumnBatch rows) {
        SeriesHeader columns = Objects.requireNonNull(header);
        SeriesKey series = Objects.requireNonNull(key);
        LongColumn times = (LongColumn) rows.column(0);
        for (int row = 0; row < rows.rowCount(); row++) {
            boolean any = false;
            for (int i = 1; i < rows.columns().size(); i++) {
                if (isTag(columns, rows, i)) {
                    continue;
                }
                boolean unsigned = columns.unsignedColumns().get(i);
                any |= addField(columns.columns().get(i), rows.column(i), row, unsigned);
            }
            if (any) {
                batch.endPoint(tagColumns.isEmpty() ? series : withTags(series, columns, rows, row), times.get(row));
                if (batch.pointCount() == BATCH_POINTS) {
                    write();
                }
            }
        }
    }

    private boolean isTag(SeriesHeader columns, ColumnBatch rows, int column) {
        return !tagColumns.isEmpty()
                && rows.column(column) instanceof StringColumn
                && tagColumns.contains(columns.columns().get(column));
    }

    private SeriesKey withTags(SeriesKey series, SeriesHeader columns, ColumnBatch rows, int row) {
        Map<String, String> tags = new TreeMap<>();
        series.tags().forEach(tags::put);
        for (int i = 1; i < rows.columns().size(); i++) {
            if (isTag(columns, rows, i) && !rows.column(i).isNull(row)) {
                tags.put(columns.columns().get(i), ((StringColumn) rows.column(i)).getString(row));
            }
        }
        return new SeriesKey(series.measurement(), TagSet.of(tags));
    }

    private boolean addField(String name, Column column, int row, boolean unsigned) {
        if (column.isNull(row)) {
            return false;
        }
        if (column instanceof DoubleColumn doubles) {
            double value = doubles.get(row);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return false;
            }
            batch.addField(name, FieldType.FLOAT, Double.doubleToRawLongBits(value));
        } else if (column instanceof LongColumn longs) {
            batch.addField(name, unsigned ? FieldType.UNSIGNED : FieldType.INTEGER, longs.get(row));
        } else if (column instanceof BooleanColumn booleans) {
            batch.addField(name, FieldType.BOOLEAN, booleans.get(row) ? 1 : 0);
        } else {
            batch.addStringField(name, ((StringColumn) column).get(row));
        }
        return true;
    }

    private void write() {
        // Rows may have been computed long before they are written.
        execution.cancellation().check();
        String database = target.database() == null ? execution.defaultDatabase() : target.database();
        if (database.isEmpty()) {
            throw new StatementException("database name required");
        }
        String policy = target.retentionPolicy() == null ? "" : target.retentionPolicy();
        execution.access().checkWrite(database, batch);
        writer.write(database, policy, batch);
        written += batch.pointCount();
        batch = new PointBatch();
    }

    /** Writes what is left and returns how many points were written in all. */
    long finish() {
        if (batch.pointCount() > 0) {
            write();
        }
        return written;
    }
}
