package dev.sluice.column;

/**
 * Takes the series of one result in order: for each a header, then its rows in any number of batches (none at all is a
 * series without rows). Calls come from one thread; a call may block while a slow reader is served.
 */
public interface SeriesSink {

    /** Begins a series and ends the one before. */
    void series(SeriesHeader header);

    /** The next rows of the series begun last; columns as its header names them. */
    void rows(ColumnBatch batch);
}
