package dev.sluice.storage;

/**
 * A store of points: everything another feature may ask of it. Safe for use by many threads. Whoever opened it closes
 * it, once, after the last reader; closing twice does nothing.
 */
public interface TimeSeriesStore extends PointAppender, SeriesReader, SeriesRemover, AutoCloseable {

    /** Figures for monitoring, taken without blocking writers. */
    StoreStatistics statistics();

    /** Whether appends are possible; a store whose disk failed says no and why. */
    StoreHealth health();

    @Override
    void close();
}
