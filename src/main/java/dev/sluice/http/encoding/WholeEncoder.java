package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;

/** One document for all statements. */
final class WholeEncoder implements ResultEncoder {

    private final ResultDocument document;
    private boolean inSeries;
    private boolean seriesPartial;
    private boolean failed;

    WholeEncoder(ResultDocument document) {
        this.document = document;
        document.begin();
    }

    @Override
    public void beginStatement(int statementId) {
        failed = false;
        document.beginResult(statementId);
    }

    @Override
    public void series(SeriesHeader header) {
        endSeries();
        document.beginSeries(header);
        inSeries = true;
    }

    @Override
    public void rows(ColumnBatch batch) {
        if (batch.rowCount() > 0) {
            document.rows(batch);
        }
    }

    @Override
    public void message(String level, String text) {
        document.message(level, text);
    }

    @Override
    public void error(String text) {
        endSeries();
        document.failResult(text);
        failed = true;
    }

    @Override
    public void endStatement() {
        endSeries();
        if (!failed) {
            document.endResult(false);
        }
    }

    @Override
    public void markSeriesPartial() {
        seriesPartial = true;
    }

    @Override
    public void finish() {
        document.end();
    }

    @Override
    public void close() {
        document.close();
    }

    private void endSeries() {
        if (inSeries) {
            document.endSeries(seriesPartial);
            inSeries = false;
            seriesPartial = false;
        }
    }
}
