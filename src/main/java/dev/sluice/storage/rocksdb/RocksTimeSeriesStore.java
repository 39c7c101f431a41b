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
import dev.sluice.storage.index.DatabaseIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store: the parts together. Appends go through {@link BatchResolver} and {@link PointLog} into the head;
 * {@link Flusher} writes heads to blocks; {@link Removals} takes points away; {@link Recovery} reads it all at start.
 */
public final class RocksTimeSeriesStore implements TimeSeriesStore, StoreCheckpoint {

    private static final Logger LOG = LoggerFactory.getLogger(RocksTimeSeriesStore.class);

    private final RocksStoreOptions options;
    private final RocksFiles files;
    private final Databases databases = new Databases();
    private final ShardSchemas schemas = new ShardSchemas();
    private final Heads heads = new Heads();
    private final WriteGate gate = new WriteGate();
    private final PointLog log;
    private final Flusher flusher;
    private final SpaceReclaimer space;
    private final Removals removals;
    private final ShardChanges changes;
    private final HeadLimit headLimit;
    private final BackgroundWork background;
    private final ManifestCopy manifestCopy;

    /** One party for the store and one for each open scan: closing waits for the scans. */
    private final Phaser readers = new Phaser(1);

    private final LongAdder appends = new LongAdder();

    private final List<String> findings;

    private RocksTimeSeriesStore(RocksStoreOptions options, RocksFiles files, List<String> findings) {
        this.findings = findings;
        this.options = options;
        this.files = files;
        this.log = new PointLog(files, heads, gate);
        this.changes = new ShardChanges(files);
        this.flusher = new Flusher(files, heads, changes, gate);
        this.headLimit = new HeadLimit(heads, flusher, options.memory().headMaxBytes());
        this.space = new SpaceReclaimer(files);
        this.manifestCopy = new ManifestCopy(options.directory());
        this.removals = new Removals(files, databases, schemas, flusher, changes, gate, space);
        this.background = new BackgroundWork(files, heads, flusher, changes, gate, options.background());
    }

    /**
     * Opens the store of a directory, which no other process may have open. Where files are damaged, what can be read is
     * served; {@link #findings} says what was found.
     *
     * @throws StorageException when it cannot be opened
     */
    public static RocksTimeSeriesStore open(RocksStoreOptions options) {
        return reopen(options, null);
    }

    /** Opens a store again, whose files were found damaged while it was open unless the damage is null. */
    static RocksTimeSeriesStore reopen(RocksStoreOptions options, @Nullable RocksDBException damage) {
        DamagedFiles damaged = new DamagedFiles(options);
        if (damage != null) {
            damaged.salvage(damage);
        }
        try {
            return open(options, damaged);
        } catch (RocksDBException e) {
            if (!DamagedFiles.isDamage(e)) {
                throw cannotRead(options, e);
            }
            damaged.salvage(e);
        }
        try {
            return open(options, damaged);
        } catch (RocksDBException e) {
            throw cannotRead(options, e);
        }
    }

    private static RocksTimeSeriesStore open(RocksStoreOptions options, DamagedFiles damaged) throws RocksDBException {
        RocksFiles files = damaged.open();
        RocksTimeSeriesStore store = new RocksTimeSeriesStore(options, files, damaged.findings());
        try {
            new Recovery(files, store.databases, store.schemas, store.heads).run();
            store.changes.restore();
            store.background.start();
            store.manifestCopy.start();
            return store;
        } catch (RocksDBException e) {
            files.close();
            throw e;
        } catch (RuntimeException e) {
            files.close();
            throw cannotRead(options, e);
        }
    }

    private static StorageException cannotRead(RocksStoreOptions options, Exception e) {
        return new StorageException("cannot read the store in " + options.directory() + ": " + e.getMessage(), e);
    }

    // ------------------------------------------------------------------ appending

    @Override
    public AppendOutcome append(DatabaseId database, PointBatch points) {
        AppendOutcome outcome;
        headLimit.awaitRoom(points);
        heads.shared().lock();
        try {
            gate.requireWritable();
            Head target = heads.current();
            DatabaseState state = databases.state(database.value());
            BatchResolver resolver = new BatchResolver(options, database.value(), state, schemas, target, points);
            LogEntry entry = resolver.resolve();
            if (resolver.accepted() > 0) {
                resolver.noteNews();
                log.write(database.value(), state, resolver, entry);
                target.grow(resolver.apply());
            }
            outcome = resolver.outcome();
        } finally {
            heads.shared().unlock();
        }
        appends.increment();
        if (heads.current().sizeInBytes() >= options.memory().headFlushBytes()) {
            flusher.request();
        }
        return outcome;
    }

    /**
     * Writes the points in memory to blocks and drops their log entries. Appends go on meanwhile.
     *
     * @throws StorageException when that failed; the points are then still in the log and in memory
     */
    public void flush() {
        flusher.flush();
    }

    /**
     * Merges the blocks of every shard to as few as hold its points and lets RocksDB compact its files. Appends and
     * queries go on meanwhile. It happens by itself when shards do not change any more.
     *
     * @throws StorageException when that failed; nothing is lost
     */
    public void compact() {
        flusher.flush();
        background.mergeAll();
    }

    // ------------------------------------------------------------------ reading

    @Override
    public List<String> measurements(DatabaseId database) {
        return databases.state(database.value()).index.measurements();
    }

    @Override
    public List<String> tagKeys(DatabaseId database, String measurement) {
        return databases.state(database.value()).index.tagKeys(measurement);
    }

    @Override
    public List<String> tagValues(DatabaseId database, String measurement, String tagKey) {
        return databases.state(database.value()).index.tagValues(measurement, tagKey);
    }

    @Override
    public SeriesSet select(DatabaseId database, String measurement, SeriesSelector selector) {
        return databases.state(database.value()).index.select(measurement, selector);
    }

    @Override
    public SeriesSet seriesInShards(DatabaseId database, Collection<ShardId> shards) {
        return databases.state(database.value()).index.seriesInShards(shards);
    }

    @Override
    public SeriesKey seriesKey(DatabaseId database, int series) {
        return databases.state(database.value()).index.seriesKey(series);
    }

    @Override
    public int[] inKeyOrder(DatabaseId database, SeriesSet series) {
        return databases.state(database.value()).index.inKeyOrder(series);
    }

    @Override
    public MeasurementSchema schema(ShardId shard, String measurement) {
        ShardSchemas.Fields fields = schemas.find(shard.value(), measurement);
        return fields == null ? MeasurementSchema.EMPTY : fields.schema();
    }

    @Override
    public SeriesScan openScan(ScanRequest request) {
        readers.register();
        try {
            gate.requireOpen();
            // Heads first, blocks after: what a flush moves in between is then seen twice, which merging makes good.
            // But
            // the head must be the same afterwards, or blocks could hold later values than it, which it would hide.
            List<Head> taken = new ArrayList<>(2);
            Head current;
            RocksIterator blocks;
            while (true) {
                taken.clear();
                current = heads.current();
                Head older = heads.flushing();
                if (older != null && older != current) {
                    taken.add(older);
                }
                taken.add(current);
                blocks = files.db().newIterator(files.blocks());
                if (heads.current() == current) {
                    break;
                }
                blocks.close();
            }
            return new RocksSeriesScan(
                    request,
                    schemas.find(request.shard().value(), request.measurement()),
                    taken,
                    blocks,
                    readers::arriveAndDeregister);
        } catch (RuntimeException e) {
            readers.arriveAndDeregister();
            throw e;
        }
    }

    @Override
    public ScanExtent extent(ScanRequest request) {
        readers.register();
        try {
            gate.requireOpen();
            // In the order of a scan: what is flushed in between is counted twice, never left out.
            List<Head> taken = new ArrayList<>(2);
            Head older = heads.flushing();
            Head current = heads.current();
            if (older != null && older != current) {
                taken.add(older);
            }
            taken.add(current);
            ShardSchemas.Fields fields = schemas.find(request.shard().value(), request.measurement());
            return fields == null ? ScanExtent.NOTHING : new ScanExtents(request, fields, taken, files).measure();
        } finally {
            readers.arriveAndDeregister();
        }
    }

    // ------------------------------------------------------------------ removing

    @Override
    public void deleteRange(DatabaseId database, Collection<ShardId> shards, SeriesSet series, TimeRange range) {
        removals.deleteRange(database, shards, series, range);
    }

    @Override
    public void dropSeries(DatabaseId database, SeriesSet series) {
        removals.dropSeries(database, series);
    }

    @Override
    public void dropMeasurement(DatabaseId database, String measurement) {
        removals.dropMeasurement(database, measurement);
    }

    @Override
    public void dropShard(DatabaseId database, ShardId shard) {
        removals.dropShard(database, shard);
    }

    @Override
    public void dropDatabase(DatabaseId database) {
        removals.dropDatabase(database);
    }

    // ------------------------------------------------------------------ state

    @Override
    public Map<DatabaseId, Set<ShardId>> shards() {
        Map<DatabaseId, Set<ShardId>> shards = new HashMap<>();
        for (long database : databases.ids()) {
            Set<ShardId> known = new HashSet<>(databases.state(database).index.shards());
            schemas.shards(database).forEach(shard -> known.add(new ShardId(shard)));
            if (!known.isEmpty() || databases.state(database).index.seriesCount() > 0) {
                shards.put(new DatabaseId(database), known);
            }
        }
        return shards;
    }

    @Override
    public StoreStatistics statistics() {
        long series = databases.all().stream()
                .mapToLong(each -> each.index.seriesCount())
                .sum();
        long measurements = databases.all().stream()
                .mapToLong(each -> each.index.measurementCount())
                .sum();
        return new StoreStatistics(
                series,
                measurements,
                heads.sizeInBytes(),
                figure(RocksFiles::blockCount),
                figure(RocksFiles::blockBytes),
                flusher.flushCount(),
                background.mergeCount(),
                figure(RocksFiles::cacheHits),
                figure(RocksFiles::cacheMisses),
                appends.sum(),
                appends.sum(),
                log.syncNanos());
    }

    @Override
    public long indexSizeInBytes() {
        return databases.all().stream()
                .mapToLong(each -> each.index.sizeInBytes())
                .sum();
    }

    @Override
    public DatabaseStatistics statistics(DatabaseId database) {
        DatabaseIndex index = databases.state(database.value()).index;
        return new DatabaseStatistics(index.measurementCount(), index.seriesCount());
    }

    @Override
    public ShardStatistics statistics(DatabaseId database, ShardId shard) {
        return new ShardStatistics(
                databases.state(database.value()).index.seriesCount(shard),
                schemas.fieldCount(shard.value()),
                figure(open -> open.blockBytes(shard.value())));
    }

    /** A figure of the files; zero when they are closed, which they are not while it is asked for. */
    private long figure(ToLongFunction<RocksFiles> ask) {
        readers.register();
        try {
            return gate.isClosed() ? 0 : ask.applyAsLong(files);
        } finally {
            readers.arriveAndDeregister();
        }
    }

    @Override
    public void checkpoint(Path folder) {
        readers.register();
        try {
            gate.requireOpen();
            try (Checkpoint checkpoint = Checkpoint.create(files.db())) {
                checkpoint.createCheckpoint(folder.toString());
            }
        } catch (RocksDBException failed) {
            throw new StorageException("cannot copy the store to " + folder + ": " + failed.getMessage(), failed);
        } finally {
            readers.arriveAndDeregister();
        }
    }

    /** Whether no scan is open. */
    boolean isIdle() {
        return readers.getRegisteredParties() == 1;
    }

    @Override
    public StoreHealth health() {
        return gate.health();
    }

    /** Damage that was found when the store was opened, and what was lost with it; for operators. */
    List<String> findings() {
        return findings;
    }

    /** The damage of files that ended writing, or null. */
    @Nullable
    RocksDBException damage() {
        RocksDBException cause = gate.cause();
        return cause != null && DamagedFiles.isDamage(cause) ? cause : null;
    }

    /** Writes what is in memory to blocks, waits for open scans, and closes the files. */
    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        try {
            background.stop();
            space.stop();
            flusher.stop();
            if (gate.health().writable()) {
                flusher.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StorageException e) {
            LOG.warn("points stay in the log, as writing them to blocks failed: {}", e.getMessage());
        } finally {
            readers.arriveAndAwaitAdvance();
            files.close();
            manifestCopy.stop();
        }
    }
}
