package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"results":[{"statement_id":0,"messages":[…],"series":[{"name":…,"tags":{…},"columns":[…],"values":[…],
 * "partial":true}],"partial":true},…]}} in MessagePack. A failed result is {@code {"error":…}} alone. Maps are small, so
 * that the count of their members is one byte, set when they end. Lists state their counts as well, so nothing leaves before
 * the end. Not thread-safe.
 */
final class MessagePackDocument implements ResultDocument {

    private final AnswerStream answer;
    private final Spool spool = new Spool();
    private final ByteOutput out = spool.tail;
    /** Null for the extension type. */
    private final @Nullable TimeFormat times;

    private final ByteOutput timeText = new ByteOutput(40);
    private final BatchCells cells = new BatchCells();
    private final List<ResultMessage> messages = new ArrayList<>();

    private long resultsAt;
    private int results;
    private long resultAt;
    private int resultMembers;
    private long seriesListAt;
    private int seriesCount;
    private long seriesAt;
    private int seriesMembers;
    private long valuesAt;
    private int rows;
    private @Nullable SeriesHeader header;

    MessagePackDocument(EncodingOptions options, AnswerStream answer) {
        this.answer = answer;
        if (options.rfc3339()) {
            times = TimeFormat.rfc3339();
        } else {
            times = options.epoch() == null ? null : TimeFormat.epoch(options.epoch());
        }
    }

    @Override
    public void begin() {
        MessagePack.putMapHeader(out, 1);
        MessagePack.putString(out, "results");
        resultsAt = spool.openArray();
        results = 0;
    }

    @Override
    public void end() {
        spool.closeArray(resultsAt, results);
        spool.drainTo(answer);
    }

    @Override
    public void close() {
        spool.close();
    }

    @Override
    public void beginResult(int statementId) {
        results++;
        resultAt = spool.position();
        out.put(MessagePack.MAP);
        MessagePack.putString(out, "statement_id");
        MessagePack.putLong(out, statementId);
        resultMembers = 1;
        seriesCount = -1;
    }

    @Override
    public void message(String level, String text) {
        messages.add(new ResultMessage(level, text));
    }

    @Override
    public void beginSeries(SeriesHeader header) {
        openSeriesList();
        this.header = header;
        if (times != null) {
            times.useZone(header.zone());
        }
        seriesCount++;
        seriesAt = spool.position();
        out.put(MessagePack.MAP);
        seriesMembers = 2;
        if (!header.name().isEmpty()) {
            MessagePack.putString(out, "name");
            MessagePack.putString(out, header.name());
            seriesMembers++;
        }
        if (!header.tags().isEmpty()) {
            MessagePack.putString(out, "tags");
            MessagePack.putMapHeader(out, header.tags().size());
            header.tags().forEach((key, value) -> {
                MessagePack.putString(out, key);
                MessagePack.putString(out, value);
            });
            seriesMembers++;
        }
        MessagePack.putString(out, "columns");
        MessagePack.putArrayHeader(out, header.columns().size());
        header.columns().forEach(column -> MessagePack.putString(out, column));
        MessagePack.putString(out, "values");
        valuesAt = spool.openArray();
        rows = 0;
    }

    @Override
    public void rows(ColumnBatch batch) {
        cells.bind(batch, header);
        for (int row = 0; row < batch.rowCount(); row++) {
            MessagePack.putArrayHeader(out, cells.columnCount);
            for (int column = 0; column < cells.columnCount; column++) {
                cell(column, row);
            }
        }
        rows += batch.rowCount();
        spool.spillWhenLarge();
    }

    @Override
    public void endSeries(boolean partial) {
        spool.closeArray(valuesAt, rows);
        if (partial) {
            putPartial();
            seriesMembers++;
        }
        spool.setByte(seriesAt, MessagePack.MAP | seriesMembers);
    }

    @Override
    public void endResult(boolean partial) {
        openSeriesList();
        spool.closeArray(seriesListAt, seriesCount);
        putMessages();
        if (partial) {
            putPartial();
            resultMembers++;
        }
        spool.setByte(resultAt, MessagePack.MAP | resultMembers);
    }

    @Override
    public void failResult(String error) {
        messages.clear();
        if (spool.isInMemory(resultAt)) {
            spool.truncate(resultAt);
            MessagePack.putMapHeader(out, 1);
            putError(out, error);
            return;
        }
        openSeriesList();
        spool.closeArray(seriesListAt, seriesCount);
        putError(out, error);
        spool.setByte(resultAt, MessagePack.MAP | ++resultMembers);
    }

    static void putError(ByteOutput out, String error) {
        MessagePack.putString(out, "error");
        MessagePack.putString(out, error);
    }

    private void openSeriesList() {
        if (seriesCount < 0) {
            // InfluxDB has messages before series; those that come later stand behind.
            putMessages();
            MessagePack.putString(out, "series");
            seriesListAt = spool.openArray();
            seriesCount = 0;
            resultMembers++;
        }
    }

    private void putMessages() {
        if (messages.isEmpty()) {
            return;
        }
        MessagePack.putString(out, "messages");
        MessagePack.putArrayHeader(out, messages.size());
        for (ResultMessage message : messages) {
            MessagePack.putMapHeader(out, 2);
            MessagePack.putString(out, "level");
            MessagePack.putString(out, message.level());
            MessagePack.putString(out, "text");
            MessagePack.putString(out, message.text());
        }
        messages.clear();
        resultMembers++;
    }

    private void putPartial() {
        MessagePack.putString(out, "partial");
        MessagePack.putBoolean(out, true);
    }

    private void cell(int column, int row) {
        if (cells.isNull(column, row)) {
            MessagePack.putNil(out);
            return;
        }
        switch (cells.kinds[column]) {
            case BatchCells.TIME -> time(cells.longAt(column, row));
            case BatchCells.INTEGER -> MessagePack.putLong(out, cells.longAt(column, row));
            case BatchCells.UNSIGNED -> MessagePack.putUnsigned(out, cells.longAt(column, row));
            case BatchCells.FLOAT -> MessagePack.putDouble(out, cells.doubleAt(column, row));
            case BatchCells.BOOLEAN -> MessagePack.putBoolean(out, cells.booleanAt(column, row));
            case BatchCells.STRING -> MessagePack.putString(out, cells.stringAt(column, row));
            default -> {
                List<String> values = cells.listAt(column, row);
                MessagePack.putArrayHeader(out, values.size());
                values.forEach(value -> MessagePack.putString(out, value));
            }
        }
    }

    private void time(long nanos) {
        if (times == null) {
            MessagePack.putTime(out, nanos);
        } else if (times.isText()) {
            timeText.size = 0;
            times.put(timeText, nanos);
            MessagePack.putString(out, timeText.copyBytes());
        } else {
            MessagePack.putLong(out, times.units(nanos));
        }
    }
}
