package dev.sluice.query;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.SeriesSink;

/** Notes the rows of an inner statement, which are kept until the statement around it is done. */
final class CountedRows implements SeriesSink {

    /** A series: its tags, the list of its batches and what stands around a batch. */
    private static final long SERIES_BYTES = 400;

    /** A row: they are copied, series by series, to be sorted by time. */
    private static final long ROW_BYTES = 32;

    private final SeriesSink rows;
    private final MemoryAccount.Buffer memory;

    CountedRows(SeriesSink rows, MemoryAccount memory) {
        this.rows = rows;
        this.memory = memory.buffer();
    }

    @Override
    public void series(SeriesHeader header) {
        memory.grow(SERIES_BYTES);
        rows.series(header);
    }

    @Override
    public void rows(ColumnBatch batch) {
        long bytes = batch.rowCount() * ROW_BYTES;
        for (Column column : batch.columns()) {
            // Views of one array count each; what is kept of a large one may be small.
            bytes += Math.min(column.retainedSizeInBytes(), 64L * batch.rowCount()) * 2;
        }
        memory.grow(bytes);
        rows.rows(batch);
    }
}
