package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;

/**
 * InfluxDB's {@code max-row-limit} for answers that are not chunked: rows count over all statements; the series that
 * crosses the limit is cut and marked; what follows is left out without a word, whole statements included. A series that
 * ends exactly at the limit is not marked.
 */
final class RowLimit implements ResultEncoder {

    private final ResultEncoder encoder;
    private final int limit;
    private int rows;
    private boolean inStatement;
    private boolean full;

    RowLimit(ResultEncoder encoder, int limit) {
        this.encoder = encoder;
        this.limit = limit;
    }

    @Override
    public void beginStatement(int statementId) {
        if (rows == limit) {
            full = true;
        }
        if (!full) {
            inStatement = true;
            encoder.beginStatement(statementId);
        }
    }

    @Override
    public void series(SeriesHeader header) {
        if (rows == limit) {
            stop();
        }
        if (!full) {
            encoder.series(header);
        }
    }

    @Override
    public void rows(ColumnBatch batch) {
        if (full || batch.rowCount() == 0) {
            return;
        }
        int room = limit - rows;
        if (batch.rowCount() <= room) {
            rows += batch.rowCount();
            encoder.rows(batch);
            return;
        }
        if (room > 0) {
            encoder.rows(batch.region(0, room));
            rows = limit;
        }
        encoder.markSeriesPartial();
        stop();
    }

    @Override
    public void message(String level, String text) {
        if (!full) {
            encoder.message(level, text);
        }
    }

    @Override
    public void error(String text) {
        if (!full) {
            encoder.error(text);
        }
    }

    @Override
    public void endStatement() {
        if (inStatement) {
            inStatement = false;
            encoder.endStatement();
        }
    }

    @Override
    public void markSeriesPartial() {
        encoder.markSeriesPartial();
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public void finish() {
        endStatement();
        encoder.finish();
    }

    @Override
    public void close() {
        encoder.close();
    }

    private void stop() {
        full = true;
        endStatement();
    }
}
