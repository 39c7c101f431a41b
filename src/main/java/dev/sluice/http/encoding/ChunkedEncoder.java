package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document per chunk with one result each, sent at once. Whether a document is {@code partial} depends on what follows
 * it, so it stays open until that is known.
 */
final class ChunkedEncoder implements ResultEncoder {

    private final ResultDocument document;
    private final EncodingOptions options;
    private final AnswerStream answer;
    private final List<ResultMessage> messages = new ArrayList<>();

    private int statementId;
    private Chunking chunking = Chunking.ROWS;
    private @Nullable SeriesHeader header;

    /** Whether a document is open, which then holds an open series. */
    private boolean open;

    private boolean answered;
    private int rowsInDocument;

    ChunkedEncoder(ResultDocument document, EncodingOptions options, AnswerStream answer) {
        this.document = document;
        this.options = options;
        this.answer = answer;
    }

    @Override
    public void beginStatement(int statementId) {
        this.statementId = statementId;
        chunking = options.chunking(statementId);
        answered = false;
        messages.clear();
    }

    @Override
    public void series(SeriesHeader header) {
        this.header = header;
        if (open && chunking == Chunking.WHOLE) {
            document.endSeries(false);
            document.beginSeries(header);
            return;
        }
        if (open) {
            endSeriesDocument(false, chunking == Chunking.ROWS);
        }
        beginSeriesDocument(header);
    }

    @Override
    public void rows(ColumnBatch batch) {
        int size = chunking == Chunking.ROWS ? options.chunkSize() : Integer.MAX_VALUE;
        int start = 0;
        while (start < batch.rowCount()) {
            if (rowsInDocument == size) {
                endSeriesDocument(true, true);
                beginSeriesDocument(header);
            }
            int count = Math.min(batch.rowCount() - start, size - rowsInDocument);
            document.rows(batch.region(start, count));
            rowsInDocument += count;
            start += count;
        }
    }

    @Override
    public void message(String level, String text) {
        messages.add(new ResultMessage(level, text));
    }

    @Override
    public void error(String text) {
        if (open) {
            endSeriesDocument(false, true);
        }
        messages.clear();
        beginDocument();
        document.failResult(text);
        send();
    }

    @Override
    public void endStatement() {
        if (open) {
            endSeriesDocument(false, false);
        } else if (!answered) {
            beginDocument();
            putMessages();
            document.endResult(false);
            send();
        }
    }

    @Override
    public void markSeriesPartial() {
        // Only a row limit cuts series, and it does not hold for chunks.
        throw new IllegalStateException("chunked answers are not cut");
    }

    @Override
    public void finish() {
        // Every document is complete and sent by now.
    }

    @Override
    public void close() {
        document.close();
    }

    private void beginSeriesDocument(SeriesHeader header) {
        beginDocument();
        document.beginSeries(header);
        open = true;
        rowsInDocument = 0;
    }

    private void beginDocument() {
        document.begin();
        document.beginResult(statementId);
    }

    private void endSeriesDocument(boolean seriesPartial, boolean resultPartial) {
        document.endSeries(seriesPartial);
        putMessages();
        document.endResult(resultPartial);
        open = false;
        send();
    }

    private void putMessages() {
        messages.forEach(message -> document.message(message.level(), message.text()));
        messages.clear();
    }

    private void send() {
        document.end();
        answer.flush();
        answered = true;
    }
}
