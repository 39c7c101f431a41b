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
                appendCount + earlier,
                syncCount,
                syncNanos);
    }
}
