package dev.sluice.server;

import dev.sluice.backup.Restore;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.rocksdb.RecoveringStore;
import dev.sluice.storage.rocksdb.RocksStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the store of points under {@code influxdb.data.dir} and closes it, flushed, when the service stops. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    /** InfluxDB's default of 25 MiB counts compressed values; here it bounds columns in memory, hence the factor. */
    private static final int HEAD_FACTOR = 3;

    /** Of the heap, points that are not in blocks yet never take more than a third, nor wait for their flush a tenth. */
    private static final int HEAP_PARTS = 3;

    private static final int HEAP_PARTS_BEFORE_FLUSH = 10;

    @Bean(destroyMethod = "close")
    RecoveringStore timeSeriesStore(InfluxProperties properties) {
        InfluxProperties.Data data = properties.data();
        RocksStoreOptions options = new RocksStoreOptions(
                Path.of(data.dir()),
                Path.of(data.walDir()),
                data.walFsyncDelay().nanos(),
                memory(data),
                new RocksStoreOptions.Background(
                        Duration.ofNanos(data.cacheSnapshotWriteColdDuration().nanos()),
                        Duration.ofNanos(data.compactFullWriteColdDuration().nanos()),
                        data.compactThroughput().bytes()),
                data.maxSeriesPerDatabase(),
                data.maxValuesPerTag());
        if (Restore.isIncomplete(options.directory())) {
            throw new UnusableResourceException(
                    "influxdb.data.dir",
                    options.directory().toAbsolutePath(),
                    "a restore into it was begun and not completed.",
                    "Run it again, or empty the directory.",
                    null);
        }
        try {
            return RecoveringStore.open(options);
        } catch (StorageException unusable) {
            throw new UnusableResourceException(
                    "influxdb.data.dir",
                    options.directory().toAbsolutePath(),
                    unusable.getMessage() + ".",
                    "Stop the process that uses it, choose another directory, or see that this process may write there;"
                            + " influxdb.data.wal-dir is '"
                            + options.walDirectory().toAbsolutePath() + "'.",
                    unusable);
        }
    }

    private static RocksStoreOptions.Memory memory(InfluxProperties.Data data) {
        long heap = Runtime.getRuntime().maxMemory();
        long head = data.cacheMaxMemorySize().bytes();
        return new RocksStoreOptions.Memory(
                Math.min(data.cacheSnapshotMemorySize().bytes() * HEAD_FACTOR, heap / HEAP_PARTS_BEFORE_FLUSH),
                head == 0 ? heap / HEAP_PARTS : Math.min(head, heap / HEAP_PARTS),
                data.blockCacheSize().bytes(),
                data.writeBufferSize().bytes());
    }
}
