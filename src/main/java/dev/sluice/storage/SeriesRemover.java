package dev.sluice.storage;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import java.util.Collection;

/**
 * Takes points away. Each call is durable and visible when it returns, is all or nothing over a crash, does not touch
 * points appended after it began, and succeeds when there is nothing to remove.
 */
public interface SeriesRemover {

    /**
     * Removes the rows of the given series within the range from the given shards. A series left without points in every
     * shard stops existing; the fields of its measurement stay known.
     */
    void deleteRange(DatabaseId database, Collection<ShardId> shards, SeriesSet series, TimeRange range);

    /** Removes series with all their points in every shard; the fields of the measurement stay known. */
    void dropSeries(DatabaseId database, SeriesSet series);

    /** Removes a measurement: its points, series and fields, in every shard. */
    void dropMeasurement(DatabaseId database, String measurement);

    /** Removes a shard with its points and fields; series that have no points elsewhere stop existing. */
    void dropShard(DatabaseId database, ShardId shard);

    /** Removes everything of a database. */
    void dropDatabase(DatabaseId database);
}
