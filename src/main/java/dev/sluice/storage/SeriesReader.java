package dev.sluice.storage;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import java.util.Collection;
import java.util.List;

/**
 * Finds series and reads their points. An unknown database, measurement or shard is empty, not an error. Names are
 * sorted by {@link dev.sluice.model.ByteOrder}.
 *
 * <p>Series are numbered within their database; a number is never reused while the store is open and is only meaningful
 * together with the database.
 */
public interface SeriesReader {

    /** Measurements that have at least one series. */
    List<String> measurements(DatabaseId database);

    /** Keys of tags that at least one series of the measurement has. */
    List<String> tagKeys(DatabaseId database, String measurement);

    /** Values that a tag has in at least one series of the measurement. */
    List<String> tagValues(DatabaseId database, String measurement, String tagKey);

    /** The series of a measurement whose tags fulfil the selector, in whatever shard. */
    SeriesSet select(DatabaseId database, String measurement, SeriesSelector selector);

    /** The series that have points in at least one of the shards. */
    SeriesSet seriesInShards(DatabaseId database, Collection<ShardId> shards);

    /** Whether statements may tell that a shard holds the measurement; a reader that hides series does not tell of theirs. */
    default boolean isVisibleShard(DatabaseId database, ShardId shard, String measurement) {
        return true;
    }

    /**
     * What a series is. One whose points were all removed is still known, until the database is dropped or the store closed: a
     * statement may have selected it before.
     *
     * @throws IllegalArgumentException when no series has had the number
     */
    SeriesKey seriesKey(DatabaseId database, int series);

    /**
     * The numbers of series in the order of their keys, by the bytes of {@link SeriesKey#canonical()}. The keys are not made
     * for it, as there may be millions.
     *
     * @throws IllegalArgumentException when no series has had a number
     */
    int[] inKeyOrder(DatabaseId database, SeriesSet series);

    /** The fields of a measurement in one shard; empty when it has none there. */
    MeasurementSchema schema(ShardId shard, String measurement);

    /**
     * Starts reading; the caller closes the scan. What was acknowledged before this call is seen, and of each series
     * everything from one moment.
     */
    SeriesScan openScan(ScanRequest request);

    /** What a scan would go through, without reading values; the order of rows and their limit do not matter. */
    ScanExtent extent(ScanRequest request);
}
