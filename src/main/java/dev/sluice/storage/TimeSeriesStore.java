package dev.sluice.storage;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import java.util.Map;
import java.util.Set;

/**
 * A store of points: everything another feature may ask of it. Safe for use by many threads. Whoever opened it closes
 * it, once, after the last reader; closing twice does nothing.
 */
public interface TimeSeriesStore extends PointAppender, SeriesReader, SeriesRemover, AutoCloseable {

    /** Every database that anything was ever kept of and that was not dropped, with its shards. */
    Map<DatabaseId, Set<ShardId>> shards();

    /** Figures for monitoring, taken without blocking writers. */
    StoreStatistics statistics();

    /** Heap that the indexes of all databases take, about; that looks at every tag value of every database. */
    long indexSizeInBytes();

    /** Figures of a database; zeros when nothing is kept of it. */
    DatabaseStatistics statistics(DatabaseId database);

    /** Figures of a shard; zeros when nothing is kept of it. */
    ShardStatistics statistics(DatabaseId database, ShardId shard);

    /** Whether appends are possible; a store whose disk failed says no and why. */
    StoreHealth health();

    @Override
    void close();
}
