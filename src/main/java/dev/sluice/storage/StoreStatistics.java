package dev.sluice.storage;

/**
 * Figures of a store, for monitoring.
 *
 * @param seriesCount series that exist, over all databases
 * @param measurementCount measurements that exist, over all databases
 * @param headSizeInBytes heap the points not yet in blocks take
 * @param blockCount blocks on disk; an estimate
 * @param diskSizeInBytes bytes of all files
 * @param flushCount times the head was written to blocks since the start
 * @param compactionCount times the blocks of a shard were merged since the start
 * @param cacheHits blocks of files that were found in the cache since the store was opened
 * @param cacheMisses blocks of files that had to be read
 * @param appendCount batches appended since the start
 * @param syncCount times the log was forced to disk since the start
 * @param syncNanos time that took, in nanoseconds
 */
public record StoreStatistics(
        long seriesCount,
        long measurementCount,
        long headSizeInBytes,
        long blockCount,
        long diskSizeInBytes,
        long flushCount,
        long compactionCount,
        long cacheHits,
        long cacheMisses,
        long appendCount,
        long syncCount,
        long syncNanos) {

    /** The same with batches that were appended before the store was opened anew. */
    public StoreStatistics plusAppends(long earlier) {
        return new StoreStatistics(
                seriesCount,
                measurementCount,
                headSizeInBytes,
                blockCount,
                diskSizeInBytes,
                flushCount,
                compactionCount,
                cacheHits,
                cacheMisses,
                appendCount + earlier,
                syncCount,
                syncNanos);
    }
}
