package dev.sluice.query.source;

import dev.sluice.column.ColumnBatch;
import dev.sluice.storage.BatchStatistics;

/** Takes the rows of a scan. */
public interface ScanVisitor {

    /** A part of a series begins. */
    void beginSeries(int series);

    /** Offers a batch by its statistics; false asks for its rows instead. */
    boolean takeStatistics(BatchStatistics statistics);

    /** Rows: column 0 holds the times, then the fields asked for. */
    void take(ColumnBatch batch);

    /** The part is complete. */
    void endSeries();
}
