package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.model.Precision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series of a JSON answer: {@code {"name":…,"tags":{…},"columns":[…],"values":[[…],…],"partial":true}}, members left
 * out when empty. Rows are written cell by cell from the columns. Not thread-safe.
 */
final class JsonSeries {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final JsonWriter json;
    private final ByteOutput out;
    private final TimeFormat times;
    private final FloatFormat floats = new FloatFormat();
    private final BatchCells cells = new BatchCells();
    private final JsonTexts texts = new JsonTexts();
    private @Nullable SeriesHeader header;
    private boolean hasRows;

    JsonSeries(JsonWriter json, @Nullable Precision epoch) {
        this.json = json;
        this.out = json.out;
        this.times = epoch == null ? TimeFormat.rfc3339() : TimeFormat.epoch(epoch);
    }

    void begin(SeriesHeader header) {
        this.header = header;
        hasRows = false;
        times.useZone(header.zone());
        json.beginObject();
        if (!header.name().isEmpty()) {
            json.name("name").value(header.name());
        }
        if (!header.tags().isEmpty()) {
            json.name("tags").beginObject();
            header.tags().forEach((key, value) -> json.anyName(key).value(value));
            json.endObject();
        }
        json.name("columns").beginArray();
        header.columns().forEach(json::value);
        json.endArray();
    }

    /** Writes rows; between two of them the output may be drained. */
    void rows(ColumnBatch batch, Runnable afterRow) {
        if (!hasRows) {
            json.name("values").beginArray();
        }
        cells.bind(batch, header);
        int depth = json.depth();
        byte[] rowLine = json.lineAt(depth);
        byte[] cellLine = json.lineAt(depth + 1);
        texts.bind(cells);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (hasRows) {
                out.put(',');
            }
            hasRows = true;
            out.put(rowLine);
            out.put('[');
            for (int column = 0; column < cells.columnCount; column++) {
                // A comma, and what most cells take, so that they need not look again.
                out.ensure(1 + Decimals.MAX_LENGTH);
                if (column > 0) {
                    out.bytes[out.size++] = ',';
                }
                if (cellLine.length > 0) {
                    out.put(cellLine);
                }
                cell(column, row);
            }
            out.put(rowLine);
            out.put(']');
            afterRow.run();
        }
        json.resumeAt(depth);
    }

    void end(boolean partial) {
        if (hasRows) {
            json.endArray();
        }
        if (partial) {
            json.name("partial").value(true);
        }
        json.endObject();
    }

    private void cell(int column, int row) {
        if (cells.isNull(column, row)) {
            out.put(NULL);
            return;
        }
        switch (cells.kinds[column]) {
            case BatchCells.TIME -> time(cells.longAt(column, row));
            case BatchCells.INTEGER -> {
                out.ensure(Decimals.MAX_LENGTH);
                out.size = Decimals.put(out.bytes, out.size, cells.longAt(column, row));
            }
            case BatchCells.UNSIGNED -> {
                out.ensure(Decimals.MAX_LENGTH);
                out.size = Decimals.putUnsigned(out.bytes, out.size, cells.longAt(column, row));
            }
            case BatchCells.FLOAT -> {
                double value = cells.doubleAt(column, row);
                if (Double.isFinite(value)) {
                    floats.putJson(out, value);
                } else {
                    // JSON has no such number, and InfluxDB breaks its answer off here.
                    out.put(NULL);
                }
            }
            case BatchCells.BOOLEAN -> out.put(cells.booleanAt(column, row) ? TRUE : FALSE);
            case BatchCells.STRING -> texts.put(out, column, row);
            default -> list(cells.listAt(column, row));
        }
    }

    private void time(long nanos) {
        if (times.isText()) {
            out.put('"');
            times.put(out, nanos);
            out.put('"');
        } else {
            times.put(out, nanos);
        }
    }

    private void list(List<String> values) {
        byte[] line = json.lineAt(json.depth() + 2);
        out.put('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            out.put(line);
            JsonStrings.put(out, values.get(i));
        }
        if (!values.isEmpty()) {
            out.put(json.lineAt(json.depth() + 1));
        }
        out.put(']');
    }
}
