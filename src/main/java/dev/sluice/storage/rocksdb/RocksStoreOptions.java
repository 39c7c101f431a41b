package dev.sluice.storage.rocksdb;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a store is opened.
 *
 * @param directory where its files are; created when absent
 * @param walDirectory where the write-ahead log is; created when absent
 * @param walFsyncDelayNanos how long an append may wait for others before the log is forced to disk; 0 to force it for
 *     each group of concurrent appends
 * @param memory what it may take
 * @param background what it does when it is left alone
 * @param maxSeriesPerDatabase most series of a database; 0 for no limit
 * @param maxValuesPerTag most values of one tag of a measurement; 0 for no limit
 */
public record RocksStoreOptions(
        Path directory,
        Path walDirectory,
        long walFsyncDelayNanos,
        Memory memory,
        Background background,
        long maxSeriesPerDatabase,
        int maxValuesPerTag) {

    /**
     * Memory a store may take.
     *
     * @param headFlushBytes size of the head, in the heap, at which it is written to blocks
     * @param headMaxBytes size of points that are not in blocks yet, in the heap, at which appends are refused; 0 for no
     *     limit
     * @param blockCacheBytes cache of blocks, outside the heap
     * @param writeBufferBytes what RocksDB collects before it writes files, outside the heap
     */
    public record Memory(long headFlushBytes, long headMaxBytes, long blockCacheBytes, long writeBufferBytes) {

        /** 64 MiB of head, 1 GiB at most; 96 MiB of cache and 128 MiB of write buffers. */
        public static final Memory DEFAULT = new Memory(64L << 20, 1L << 30, 96L << 20, 128L << 20);
    }

    /**
     * What a store does in the background.
     *
     * @param flushColdAfter after how long without appends the head is written to blocks
     * @param compactColdAfter after how long without change the blocks of a shard are merged to full ones
     * @param compactBytesPerSecond blocks that merging may read a second; 0 for no limit
     */
    public record Background(Duration flushColdAfter, Duration compactColdAfter, long compactBytesPerSecond) {

        /** InfluxDB's defaults: 10 minutes, 4 hours, 48 MiB a second. */
        public static final Background DEFAULT = new Background(Duration.ofMinutes(10), Duration.ofHours(4), 48L << 20);
    }

    /** Options with InfluxDB's default limits. */
    public static RocksStoreOptions of(Path directory, Path walDirectory) {
        return new RocksStoreOptions(
                directory, walDirectory, 0, Memory.DEFAULT, Background.DEFAULT, 1_000_000, 100_000);
    }

    /** The same with other memory. */
    public RocksStoreOptions with(Memory other) {
        return new RocksStoreOptions(
                directory, walDirectory, walFsyncDelayNanos, other, background, maxSeriesPerDatabase, maxValuesPerTag);
    }

    /** The same with other background work. */
    public RocksStoreOptions with(Background other) {
        return new RocksStoreOptions(
                directory, walDirectory, walFsyncDelayNanos, memory, other, maxSeriesPerDatabase, maxValuesPerTag);
    }
}
