package dev.sluice.storage.rocksdb;

import java.nio.file.Path;

/**
 * How a store is opened.
 *
 * @param directory where its files are; created when absent
 * @param walDirectory where the write-ahead log is; created when absent
 * @param walFsyncDelayNanos how long an append may wait for others before the log is forced to disk; 0 to force it for
 *     each group of concurrent appends
 * @param headFlushBytes size of the head at which it is written to blocks
 * @param maxSeriesPerDatabase most series of a database; 0 for no limit
 * @param maxValuesPerTag most values of one tag of a measurement; 0 for no limit
 */
public record RocksStoreOptions(
        Path directory,
        Path walDirectory,
        long walFsyncDelayNanos,
        long headFlushBytes,
        long maxSeriesPerDatabase,
        int maxValuesPerTag) {

    /** Options with InfluxDB's default limits. */
    public static RocksStoreOptions of(Path directory, Path walDirectory) {
        return new RocksStoreOptions(directory, walDirectory, 0, 64L << 20, 1_000_000, 100_000);
    }
}
