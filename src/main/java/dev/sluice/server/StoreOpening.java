package dev.sluice.server;

import dev.sluice.backup.Restore;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.rocksdb.RecoveringStore;
import dev.sluice.storage.rocksdb.RocksStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Opens the store of points while everything else is set up. With many series that takes as long as all the rest, so it
 * begins as soon as the settings are known, which is before any other bean is made; {@link #await} ends it, before the service
 * listens.
 */
final class StoreOpening implements BeanFactoryPostProcessor, DisposableBean {

    /** InfluxDB's default of 25 MiB counts compressed values; here it bounds columns in memory, hence the factor. */
    private static final int HEAD_FACTOR = 3;

    /** Of the heap, points that are not in blocks yet never take more than a third, nor wait for their flush a tenth. */
    private static final int HEAP_PARTS = 3;

    private static final int HEAP_PARTS_BEFORE_FLUSH = 10;

    private @Nullable RocksStoreOptions options;
    private @Nullable RecoveringStore store;

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        RocksStoreOptions wanted =
                options(factory.getBean(InfluxProperties.class).data());
        if (Restore.isIncomplete(wanted.directory())) {
            throw new UnusableResourceException(
                    "influxdb.data.dir",
                    wanted.directory().toAbsolutePath(),
                    "a restore into it was begun and not completed.",
                    "Run it again, or empty the directory.",
                    null);
        }
        options = wanted;
        store = RecoveringStore.openInBackground(wanted);
    }

    /** The store; whoever asks it before it is open waits. */
    RecoveringStore store() {
        return Objects.requireNonNull(store);
    }

    /**
     * Returns when the store is open.
     *
     * @throws UnusableResourceException when it cannot be opened
     */
    void await() {
        try {
            store().awaitOpen();
        } catch (StorageException unusable) {
            RocksStoreOptions wanted = Objects.requireNonNull(options);
            throw new UnusableResourceException(
                    "influxdb.data.dir",
                    wanted.directory().toAbsolutePath(),
                    unusable.getMessage() + ".",
                    "Stop the process that uses it, choose another directory, or see that this process may write there;"
                            + " influxdb.data.wal-dir is '"
                            + wanted.walDirectory().toAbsolutePath() + "'.",
                    unusable);
        }
    }

    /** Closes what no bean has asked for because the start has ended before. */
    @Override
    public void destroy() {
        if (store != null) {
            store.close();
        }
    }

    private static RocksStoreOptions options(InfluxProperties.Data data) {
        return new RocksStoreOptions(
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
