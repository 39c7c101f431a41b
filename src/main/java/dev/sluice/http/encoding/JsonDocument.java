package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {"results":[{"statement_id":0,"series":[…],"messages":[…],"partial":true,"error":…},…]}} and a line feed; members
 * left out when empty. Leaves in pieces of some tens of kilobytes.
 */
final class JsonDocument implements ResultDocument {

    private static final int DRAIN_SIZE = 32 * 1024;

    private final AnswerStream answer;
    private final ByteOutput out = new ByteOutput(1024);
    private final JsonWriter json;
    private final JsonSeries series;
    private final Runnable drainWhenLarge = this::drainWhenLarge;
    private final List<ResultMessage> messages = new ArrayList<>();

    private boolean hasResults;
    private boolean hasSeries;

    /** Where the open result stands in the buffer behind its id; -1 once that has left. */
    private int resultStart;

    private int resultDepth;

    JsonDocument(EncodingOptions options, AnswerStream answer) {
        this.answer = answer;
        this.json = new JsonWriter(out, options.pretty());
        this.series = new JsonSeries(json, options.rfc3339() ? null : options.epoch());
    }

    @Override
    public void begin() {
        json.beginObject();
        hasResults = false;
    }

    @Override
    public void beginResult(int statementId) {
        if (!hasResults) {
            json.name("results").beginArray();
            hasResults = true;
        }
        json.beginObject().name("statement_id").value(statementId);
        resultStart = out.size;
        resultDepth = json.depth();
        hasSeries = false;
        messages.clear();
    }

    @Override
    public void beginSeries(SeriesHeader header) {
        if (!hasSeries) {
            json.name("series").beginArray();
            hasSeries = true;
        }
        series.begin(header);
    }

    @Override
    public void rows(ColumnBatch batch) {
        series.rows(batch, drainWhenLarge);
    }

    @Override
    public void endSeries(boolean partial) {
        series.end(partial);
        drainWhenLarge();
    }

    @Override
    public void message(String level, String text) {
        messages.add(new ResultMessage(level, text));
    }

    @Override
    public void endResult(boolean partial) {
        endAllSeries();
        if (!messages.isEmpty()) {
            json.name("messages").beginArray();
            for (ResultMessage message : messages) {
                json.beginObject().name("level").value(message.level());
                json.name("text").value(message.text()).endObject();
            }
            json.endArray();
        }
        if (partial) {
            json.name("partial").value(true);
        }
        json.endObject();
        drainWhenLarge();
    }

    @Override
    public void failResult(String error) {
        if (resultStart >= 0) {
            out.size = resultStart;
            json.resumeAt(resultDepth);
            hasSeries = false;
        }
        endAllSeries();
        json.name("error").value(error).endObject();
    }

    @Override
    public void end() {
        if (hasResults) {
            json.endArray();
        }
        json.endObject();
        out.put('\n');
        answer.write(out);
    }

    @Override
    public void close() {
        // Nothing is held beside memory.
    }

    private void endAllSeries() {
        if (hasSeries) {
            json.endArray();
            hasSeries = false;
        }
    }

    private void drainWhenLarge() {
        if (out.size >= DRAIN_SIZE) {
            answer.write(out);
            resultStart = -1;
        }
    }
}
