package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.model.Precision;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * CSV: a header {@code name,tags,…} once per statement and again where a statement's columns change, an empty line before
 * each but the first, then a line per row that begins with the measurement and the tags. Errors, messages and marks have
 * no place in it; a statement without series prints nothing.
 */
final class CsvEncoder implements ResultEncoder {

    private static final int DRAIN_SIZE = 32 * 1024;
    private static final byte[] PLUS_INFINITY = "+Inf".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MINUS_INFINITY = "-Inf".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final EncodingOptions options;
    private final AnswerStream answer;
    private final ByteOutput out = new ByteOutput(1024);
    private final TimeFormat times;
    private final FloatFormat floats = new FloatFormat();
    private final BatchCells cells = new BatchCells();

    private SeriesHeader header = SeriesHeader.plain("", List.of());
    /** What every row of the series begins with. */
    private byte[] prefix = {};

    private boolean hasOutput;
    private boolean hasSeries;
    private int rowsInChunk;

    /** Where the statement's output begins in the buffer, -1 once it has left, and what there was before it. */
    private int statementStart;

    private boolean hadOutput;

    CsvEncoder(EncodingOptions options, AnswerStream answer) {
        this.options = options;
        this.answer = answer;
        if (options.rfc3339()) {
            times = TimeFormat.rfc3339();
        } else {
            times = TimeFormat.epoch(options.epoch() == null ? Precision.NANOSECONDS : options.epoch());
        }
    }

    @Override
    public void beginStatement(int statementId) {
        hasSeries = false;
        statementStart = out.size;
        hadOutput = hasOutput;
    }

    @Override
    public void series(SeriesHeader next) {
        // InfluxDB compares columns within one document only, so that chunks never repeat their header.
        boolean sameColumns = options.isChunked() || next.columns().equals(header.columns());
        if (!hasSeries || !sameColumns) {
            putHeader(next);
        }
        sendChunk();
        hasSeries = true;
        header = next;
        times.useZone(next.zone());
        prefix = prefix(next);
    }

    @Override
    public void rows(ColumnBatch batch) {
        cells.bind(batch, header);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (rowsInChunk == options.chunkSize()) {
                sendChunk();
            }
            out.put(prefix);
            for (int column = 0; column < cells.columnCount; column++) {
                out.put(',');
                if (!cells.isNull(column, row)) {
                    cell(column, row);
                }
            }
            out.put('\n');
            rowsInChunk++;
            drainWhenLarge();
        }
    }

    @Override
    public void message(String level, String text) {
        // CSV has no place for messages.
    }

    @Override
    public void error(String text) {
        if (statementStart >= 0) {
            out.size = statementStart;
            hasOutput = hadOutput;
        }
    }

    @Override
    public void endStatement() {
        sendChunk();
        drainWhenLarge();
    }

    @Override
    public void markSeriesPartial() {
        // CSV has no place for marks.
    }

    @Override
    public void finish() {
        answer.write(out);
    }

    private void putHeader(SeriesHeader next) {
        if (hasOutput) {
            out.put('\n');
        }
        hasOutput = true;
        out.putAscii("name,tags");
        for (String column : next.columns()) {
            out.put(',');
            CsvFields.put(out, column);
        }
        out.put('\n');
    }

    private static byte[] prefix(SeriesHeader header) {
        ByteOutput prefix = new ByteOutput(64);
        CsvFields.put(prefix, header.name());
        prefix.put(',');
        StringBuilder tags = new StringBuilder();
        header.tags().forEach((key, value) -> {
            if (value.isEmpty()) {
                return;
            }
            tags.append(tags.isEmpty() ? "" : ",");
            appendEscaped(tags, key);
            tags.append('=');
            appendEscaped(tags, value);
        });
        CsvFields.put(prefix, tags.toString());
        return prefix.copyBytes();
    }

    /** Escapes a tag as line protocol does. */
    private static void appendEscaped(StringBuilder text, String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == ',' || c == ' ' || c == '=') {
                text.append('\\');
            }
            text.append(c);
        }
    }

    private void cell(int column, int row) {
        switch (cells.kinds[column]) {
            case BatchCells.TIME -> times.put(out, cells.longAt(column, row));
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
                    floats.putPlain(out, value);
                } else if (Double.isInfinite(value)) {
                    out.put(value > 0 ? PLUS_INFINITY : MINUS_INFINITY);
                }
            }
            case BatchCells.BOOLEAN -> out.put(cells.booleanAt(column, row) ? TRUE : FALSE);
            case BatchCells.STRING -> CsvFields.put(out, cells.stringAt(column, row));
            default -> {
                // InfluxDB leaves lists out.
            }
        }
    }

    private void sendChunk() {
        if (options.isChunked() && rowsInChunk > 0) {
            drain();
            answer.flush();
            rowsInChunk = 0;
        }
    }

    private void drainWhenLarge() {
        if (out.size >= DRAIN_SIZE) {
            drain();
        }
    }

    private void drain() {
        answer.write(out);
        statementStart = -1;
    }
}
