package dev.sluice.storage.rocksdb;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.AppendOutcome;
import dev.sluice.storage.DatabaseStatistics;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanExtent;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import dev.sluice.storage.ShardStatistics;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.StoreCheckpoint;
import dev.sluice.storage.StoreHealth;
import dev.sluice.storage.StoreStatistics;
import dev.sluice.storage.TimeSeriesStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of a directory over faults of its disk. After a write that failed, nothing is written any more: what memory
 * and files have may differ, and an fsync that failed must not be tried again, as the next one can succeed without having
 * written anything. Reading goes on. As soon as the disk takes writes again and no scan is open, the store is closed and
 * opened anew from its files; what was acknowledged is in them.
 */
public final class RecoveringStore implements TimeSeriesStore, StoreCheckpoint {

    private static final Logger LOG = LoggerFactory.getLogger(RecoveringStore.class);
    private static final long CHECK_MILLIS = 1000;

    private final RocksStoreOptions options;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sluice-recovery");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<RocksTimeSeriesStore> opening;
    private volatile @Nullable RocksTimeSeriesStore store;
    private volatile long earlierAppends;
    private final List<String> findings = new CopyOnWriteArrayList<>();
    private boolean closed;

    private RecoveringStore(RocksStoreOptions options, Executor executor) {
        this.options = options;
        this.opening = CompletableFuture.supplyAsync(this::openFirst, executor);
    }

    /**
     * Opens the store of a directory, which no other process may have open.
     *
     * @throws StorageException when it cannot be opened
     */
    public static RecoveringStore open(RocksStoreOptions options) {
        RecoveringStore opened = new RecoveringStore(options, Runnable::run);
        opened.awaitOpen();
        return opened;
    }

    /**
     * Opens the store while the caller does something else. Whoever uses it before it is open waits for it; {@link
     * #awaitOpen} says whether it could be opened.
     */
    public static RecoveringStore openInBackground(RocksStoreOptions options) {
        return new RecoveringStore(options, task -> {
            Thread thread = new Thread(task, "sluice-open");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private RocksTimeSeriesStore openFirst() {
        RocksTimeSeriesStore first = RocksTimeSeriesStore.open(options);
        findings.addAll(first.findings());
        store = first;
        watch.scheduleWithFixedDelay(this::recoverIfPossible, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        return first;
    }

    /**
     * Returns when the store is open.
     *
     * @throws StorageException when it cannot be opened
     */
    public void awaitOpen() {
        current();
    }

    private RocksTimeSeriesStore current() {
        RocksTimeSeriesStore open = store;
        if (open != null) {
            return open;
        }
        try {
            opening.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StorageException refused
                    ? refused
                    : new StorageException("cannot open the store: " + failed.getCause(), failed);
        }
        return Objects.requireNonNull(store);
    }

    private void recoverIfPossible() {
        if (health().writable()) {
            return;
        }
        try {
            DiskProbe.check(options.directory());
            DiskProbe.check(options.walDirectory());
        } catch (IOException faulty) {
            LOG.debug("the disk takes no writes yet: {}", faulty.getMessage());
            return;
        }
        lock.writeLock().lock();
        try {
            if (!closed && current().isIdle()) {
                reopenLocked();
            }
        } catch (StorageException | IllegalStateException failed) {
            LOG.error("the store cannot be opened again yet: {}", failed.getMessage());
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void reopenLocked() {
        RocksTimeSeriesStore faulty = current();
        long appends = faulty.statistics().appendCount();
        RocksDBException damage = faulty.damage();
        try {
            faulty.close();
        } catch (StorageException failed) {
            LOG.warn("closing after a fault: {}", failed.getMessage());
        }
        RocksTimeSeriesStore next = RocksTimeSeriesStore.reopen(options, damage);
        store = next;
        findings.addAll(next.findings());
        earlierAppends += appends + 1;
        LOG.info("the disk takes writes again; the store was opened anew");
    }

    /** Runs what touches the files: they are not closed meanwhile. Index and schemas are read without the lock. */
    private <T> T with(Function<RocksTimeSeriesStore, T> call) {
        lock.readLock().lock();
        try {
            return call.apply(current());
        } finally {
            lock.readLock().unlock();
        }
    }

    private void change(Consumer<RocksTimeSeriesStore> call) {
        lock.readLock().lock();
        try {
            call.accept(current());
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void checkpoint(Path folder) {
        change(current -> current.checkpoint(folder));
    }

    @Override
    public AppendOutcome append(DatabaseId database, PointBatch points) {
        return with(current -> current.append(database, points));
    }

    @Override
    public List<String> measurements(DatabaseId database) {
        return current().measurements(database);
    }

    @Override
    public List<String> tagKeys(DatabaseId database, String measurement) {
        return current().tagKeys(database, measurement);
    }

    @Override
    public List<String> tagValues(DatabaseId database, String measurement, String tagKey) {
        return current().tagValues(database, measurement, tagKey);
    }

    @Override
    public SeriesSet select(DatabaseId database, String measurement, SeriesSelector selector) {
        return current().select(database, measurement, selector);
    }

    @Override
    public SeriesSet seriesInShards(DatabaseId database, Collection<ShardId> shards) {
        return current().seriesInShards(database, shards);
    }

    @Override
    public SeriesKey seriesKey(DatabaseId database, int series) {
        return current().seriesKey(database, series);
    }

    @Override
    public int[] inKeyOrder(DatabaseId database, SeriesSet series) {
        return current().inKeyOrder(database, series);
    }

    @Override
    public MeasurementSchema schema(ShardId shard, String measurement) {
        return current().schema(shard, measurement);
    }

    @Override
    public SeriesScan openScan(ScanRequest request) {
        return with(current -> current.openScan(request));
    }

    @Override
    public ScanExtent extent(ScanRequest request) {
        return with(current -> current.extent(request));
    }

    @Override
    public void deleteRange(DatabaseId database, Collection<ShardId> shards, SeriesSet series, TimeRange range) {
        change(current -> current.deleteRange(database, shards, series, range));
    }

    @Override
    public void dropSeries(DatabaseId database, SeriesSet series) {
        change(current -> current.dropSeries(database, series));
    }

    @Override
    public void dropMeasurement(DatabaseId database, String measurement) {
        change(current -> current.dropMeasurement(database, measurement));
    }

    @Override
    public void dropShard(DatabaseId database, ShardId shard) {
        change(current -> current.dropShard(database, shard));
    }

    @Override
    public void dropDatabase(DatabaseId database) {
        change(current -> current.dropDatabase(database));
    }

    @Override
    public Map<DatabaseId, Set<ShardId>> shards() {
        return current().shards();
    }

    @Override
    public StoreStatistics statistics() {
        return current().statistics().plusAppends(earlierAppends);
    }

    @Override
    public long indexSizeInBytes() {
        return current().indexSizeInBytes();
    }

    @Override
    public DatabaseStatistics statistics(DatabaseId database) {
        return current().statistics(database);
    }

    @Override
    public ShardStatistics statistics(DatabaseId database, ShardId shard) {
        return with(current -> current.statistics(database, shard));
    }

    @Override
    public StoreHealth health() {
        StoreHealth state = current().health();
        return new StoreHealth(state.writable(), state.reason(), List.copyOf(findings));
    }

    @Override
    public void close() {
        watch.shutdownNow();
        RocksTimeSeriesStore last;
        lock.writeLock().lock();
        try {
            closed = true;
            last = opening.handle((opened, refused) -> store).join();
        } finally {
            lock.writeLock().unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
