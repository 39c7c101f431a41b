package dev.sluice.storage.rocksdb;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.AppendOutcome;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.StoreHealth;
import dev.sluice.storage.StoreStatistics;
import dev.sluice.storage.TimeSeriesStore;
import dev.sluice.storage.codec.ByteReader;
import dev.sluice.storage.codec.ByteWriter;
import dev.sluice.storage.codec.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store.
 *
 * <p>Lock order: {@code flushLock}, then {@code headLock}. Appends hold {@code headLock} shared from the write of their
 * log entry until their points are in the head, so that whoever holds it exclusively knows that log and head agree. A
 * flush holds it exclusively only to exchange the head; removals hold it throughout, after flushing, so that they have
 * blocks only to deal with and nothing in the log can bring removed points back.
 */
public final class RocksTimeSeriesStore implements TimeSeriesStore {

    private static final Logger LOG = LoggerFactory.getLogger(RocksTimeSeriesStore.class);

    private final RocksStoreOptions options;
    private final RocksFiles files;
    private final Map<Long, DatabaseState> databases = new ConcurrentHashMap<>();
    private final ShardSchemas schemas = new ShardSchemas();

    private final ReentrantReadWriteLock headLock = new ReentrantReadWriteLock();
    private final ReentrantLock flushLock = new ReentrantLock();
    private volatile Head head = new Head();
    private volatile @Nullable Head flushing;

    /** The last log entry whose points are in {@link #flushing}. Guarded by flushLock. */
    private long flushingUpTo;

    private final AtomicLong sequence = new AtomicLong();
    private final AtomicBoolean flushRequested = new AtomicBoolean();
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sluice-flush");
        thread.setDaemon(true);
        return thread;
    });

    /** One party for the store and one for each open scan: closing waits for the scans. */
    private final Phaser readers = new Phaser(1);

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile StoreHealth health = StoreHealth.WRITABLE;
    private final LongAdder appends = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();
    private final LongAdder flushes = new LongAdder();

    private RocksTimeSeriesStore(RocksStoreOptions options, RocksFiles files) {
        this.options = options;
        this.files = files;
    }

    /**
     * Opens the store of a directory, which no other process may have open.
     *
     * @throws StorageException when it cannot be opened
     */
    public static RocksTimeSeriesStore open(RocksStoreOptions options) {
        RocksFiles files = RocksFiles.open(options);
        RocksTimeSeriesStore store = new RocksTimeSeriesStore(options, files);
        try {
            store.recover();
            return store;
        } catch (RocksDBException | RuntimeException e) {
            files.close();
            throw new StorageException("cannot read the store in " + options.directory() + ": " + e.getMessage(), e);
        }
    }

    // ------------------------------------------------------------------ opening

    private void recover() throws RocksDBException {
        try (RocksIterator series = files.db().newIterator(files.series())) {
            for (series.seekToFirst(); series.isValid(); series.next()) {
                ByteReader key = new ByteReader(series.key(), 0);
                state(key.readLong()).index.restore(key.readInt(), series.value());
            }
            series.status();
        }
        try (RocksIterator fields = files.db().newIterator(files.schema())) {
            for (fields.seekToFirst(); fields.isValid(); fields.next()) {
                restoreField(fields.key(), fields.value());
            }
            fields.status();
        }
        try (RocksIterator members = files.db().newIterator(files.shards())) {
            for (members.seekToFirst(); members.isValid(); members.next()) {
                ByteReader key = new ByteReader(members.key(), 0);
                state(key.readLong()).index.addToShard(new ShardId(key.readLong()), key.readInt());
            }
            members.status();
        }
        try (RocksIterator log = files.db().newIterator(files.log())) {
            LogReplay replay = new LogReplay();
            for (log.seekToFirst(); log.isValid(); log.next()) {
                sequence.set(new ByteReader(log.key(), 0).readLong());
                LogEntry.read(log.value(), replay);
            }
            log.status();
        }
    }

    private void restoreField(byte[] key, byte[] value) {
        ByteReader in = new ByteReader(key, 0);
        long database = in.readLong();
        long shard = in.readLong();
        String measurement = new String(in.readSlice(), StandardCharsets.UTF_8);
        String name = new String(key, in.position(), key.length - in.position(), StandardCharsets.UTF_8);
        ByteReader data = new ByteReader(value, 0);
        int id = (int) data.readVarint();
        FieldType type = FieldType.ofCode((byte) data.readByte());
        schemas.fields(database, shard, measurement).restore(new ShardSchemas.Field(id, name, type));
    }

    /** Puts the points of log entries back into the head. */
    private final class LogReplay implements LogEntry.Visitor {

        private long database;

        @Override
        public void database(long id) {
            database = id;
        }

        @Override
        public void point(
                long shard, int series, long timestampNanos, FieldLayout layout, long[] values, byte[] arena) {
            HeadSeries rows = head.shard(shard).find(series, fresh -> {
                String measurement = state(database).index.seriesKey(series).measurement();
                head.grow(HeadSeries.OVERHEAD_IN_BYTES);
                return new HeadSeries(schemas.fields(database, shard, measurement));
            });
            head.grow(layout.rowSizeInBytes(values, 0));
            rows.addLocked(rows.fields().layout(layout), timestampNanos, values, 0, arena);
        }
    }

    private DatabaseState state(long database) {
        return databases.computeIfAbsent(database, fresh -> new DatabaseState());
    }

    // ------------------------------------------------------------------ appending

    @Override
    public AppendOutcome append(DatabaseId database, PointBatch points) {
        AppendOutcome outcome;
        headLock.readLock().lock();
        try {
            requireWritable();
            Head target = head;
            DatabaseState state = state(database.value());
            BatchResolver resolver = new BatchResolver(options, database.value(), state, schemas, target, points);
            LogEntry log = resolver.resolve();
            if (resolver.accepted() > 0) {
                resolver.noteNews();
                write(database.value(), state, resolver, log);
                target.grow(resolver.apply());
            }
            outcome = resolver.outcome();
        } finally {
            headLock.readLock().unlock();
        }
        appends.increment();
        if (head.sizeInBytes() >= options.headFlushBytes()) {
            requestFlush();
        }
        return outcome;
    }

    private void write(long database, DatabaseState state, BatchResolver resolver, LogEntry log) {
        try (WriteBatch batch = new WriteBatch()) {
            for (int series : resolver.newSeries()) {
                byte[] key = state.index.seriesKey(series).canonical().getBytes(StandardCharsets.UTF_8);
                batch.put(files.series(), Keys.series(database, series), key);
            }
            List<Integer> fieldCounts = new ArrayList<>();
            for (BatchResolver.FieldsOfShard fields : resolver.newFields()) {
                fieldCounts.add(fields.fields().size());
                for (ShardSchemas.Field field : fields.fields().notDurable()) {
                    ByteWriter value = new ByteWriter(8);
                    value.writeVarint(field.id());
                    value.writeByte(field.type().code());
                    batch.put(
                            files.schema(),
                            Keys.schema(database, fields.shard(), fields.measurement(), field.name()),
                            value.toByteArray());
                }
            }
            for (DatabaseState.ShardMember member : resolver.newMembers()) {
                batch.put(files.shards(), Keys.shardMember(database, member.shard(), member.series()), new byte[0]);
            }
            batch.put(files.log(), Keys.number(sequence.incrementAndGet()), log.toByteArray());
            long start = System.nanoTime();
            files.writeSynced(batch);
            syncNanos.add(System.nanoTime() - start);
            state.pendingSeries.removeAll(resolver.newSeries());
            state.pendingMembers.removeAll(resolver.newMembers());
            for (int i = 0; i < fieldCounts.size(); i++) {
                resolver.newFields().get(i).fields().markDurable(fieldCounts.get(i));
            }
        } catch (RocksDBException e) {
            throw fail("writing points failed", e);
        }
    }

    private void requireWritable() {
        if (closed.get()) {
            throw new StorageException("the store is closed");
        }
        StoreHealth current = health;
        if (!current.writable()) {
            throw new StorageException("the store takes no writes: " + current.reason());
        }
    }

    /** A write whose outcome is unknown must not be followed by others: memory and disk may disagree. */
    private StorageException fail(String what, RocksDBException cause) {
        String reason = what + ": " + cause.getMessage();
        health = new StoreHealth(false, reason);
        LOG.error("{}; no more writes are taken", reason, cause);
        return new StorageException(reason, cause);
    }

    // ------------------------------------------------------------------ flushing

    private void requestFlush() {
        if (flushRequested.compareAndSet(false, true)) {
            try {
                background.execute(() -> {
                    flushRequested.set(false);
                    try {
                        flush();
                    } catch (StorageException e) {
                        LOG.error("writing blocks failed: {}", e.getMessage(), e);
                    }
                });
            } catch (RejectedExecutionException closing) {
                flushRequested.set(false);
            }
        }
    }

    /**
     * Writes the points in memory to blocks and drops their log entries. Appends go on meanwhile.
     *
     * @throws StorageException when that failed; the points are then still in the log and in memory
     */
    public void flush() {
        flushLock.lock();
        try {
            if (flushing != null) {
                // A flush that failed half way: its entries go first, and no entries of the head go with them.
                writeFlushing();
            }
            headLock.writeLock().lock();
            try {
                exchangeHeadLocked();
            } finally {
                headLock.writeLock().unlock();
            }
            writeFlushing();
        } finally {
            flushLock.unlock();
        }
    }

    /** Makes the head the one to be flushed; the caller holds headLock exclusively and there is none yet. */
    private void exchangeHeadLocked() {
        flushing = head;
        flushingUpTo = sequence.get();
        head = new Head();
    }

    private void writeFlushing() {
        Head full = Objects.requireNonNull(flushing);
        if (!health.writable()) {
            throw new StorageException("the store takes no writes: " + health.reason());
        }
        if (!full.isEmpty()) {
            try (WriteBatch batch = new WriteBatch()) {
                BlockRewriter rewriter = new BlockRewriter(files, batch);
                for (Map.Entry<Long, Head.Shard> shard : full.shards().entrySet()) {
                    HeadSeries[] all = shard.getValue().all();
                    for (int series = 0; series < all.length; series++) {
                        Rows rows = all[series] == null ? null : all[series].rows();
                        if (rows != null) {
                            rewriter.add(shard.getKey(), series, rows);
                        }
                    }
                }
                batch.deleteRange(files.log(), Keys.number(0), Keys.number(flushingUpTo + 1));
                files.writeSynced(batch);
            } catch (RocksDBException e) {
                throw fail("writing blocks failed", e);
            }
            flushes.increment();
        }
        flushing = null;
    }

    // ------------------------------------------------------------------ reading

    @Override
    public List<String> measurements(DatabaseId database) {
        return state(database.value()).index.measurements();
    }

    @Override
    public List<String> tagKeys(DatabaseId database, String measurement) {
        return state(database.value()).index.tagKeys(measurement);
    }

    @Override
    public List<String> tagValues(DatabaseId database, String measurement, String tagKey) {
        return state(database.value()).index.tagValues(measurement, tagKey);
    }

    @Override
    public SeriesSet select(DatabaseId database, String measurement, SeriesSelector selector) {
        return state(database.value()).index.select(measurement, selector);
    }

    @Override
    public SeriesSet seriesInShards(DatabaseId database, Collection<ShardId> shards) {
        return state(database.value()).index.seriesInShards(shards);
    }

    @Override
    public SeriesKey seriesKey(DatabaseId database, int series) {
        return state(database.value()).index.visibleSeriesKey(series);
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
            if (closed.get()) {
                throw new StorageException("the store is closed");
            }
            // Heads first, blocks after: what a flush moves in between is then seen twice, which merging makes good.
            // But
            // the head must be the same afterwards, or blocks could hold later values than it, which it would hide.
            List<Head> heads = new ArrayList<>(2);
            Head current;
            RocksIterator blocks;
            while (true) {
                heads.clear();
                current = head;
                Head older = flushing;
                if (older != null && older != current) {
                    heads.add(older);
                }
                heads.add(current);
                blocks = files.db().newIterator(files.blocks());
                if (head == current) {
                    break;
                }
                blocks.close();
            }
            return new RocksSeriesScan(
                    request,
                    schemas.find(request.shard().value(), request.measurement()),
                    heads,
                    blocks,
                    readers::arriveAndDeregister);
        } catch (RuntimeException e) {
            readers.arriveAndDeregister();
            throw e;
        }
    }

    // ------------------------------------------------------------------ removing

    @Override
    public void deleteRange(DatabaseId database, Collection<ShardId> shards, SeriesSet series, TimeRange range) {
        remove(batch -> {
            DatabaseState state = state(database.value());
            BlockRewriter rewriter = new BlockRewriter(files, batch);
            List<DatabaseState.ShardMember> emptied = new ArrayList<>();
            for (ShardId shard : shards) {
                SeriesSet present = series.and(state.index.seriesInShards(List.of(shard)));
                for (PrimitiveIterator.OfInt each = present.iterator(); each.hasNext(); ) {
                    int number = each.nextInt();
                    if (!rewriter.remove(shard.value(), number, range)) {
                        emptied.add(new DatabaseState.ShardMember(shard.value(), number));
                        batch.delete(files.shards(), Keys.shardMember(database.value(), shard.value(), number));
                    }
                }
            }
            return () -> emptied.forEach(
                    member -> state.index.removeFromShard(new ShardId(member.shard()), member.series()));
        });
    }

    @Override
    public void dropSeries(DatabaseId database, SeriesSet series) {
        remove(batch -> dropSeries(batch, database, series));
    }

    private Runnable dropSeries(WriteBatch batch, DatabaseId database, SeriesSet series) throws RocksDBException {
        DatabaseState state = state(database.value());
        List<DatabaseState.ShardMember> members = new ArrayList<>();
        for (ShardId shard : state.index.shards()) {
            SeriesSet present = series.and(state.index.seriesInShards(List.of(shard)));
            for (PrimitiveIterator.OfInt each = present.iterator(); each.hasNext(); ) {
                int number = each.nextInt();
                byte[] prefix = Keys.blockPrefix(shard.value(), number);
                batch.deleteRange(files.blocks(), prefix, Keys.after(prefix));
                batch.delete(files.shards(), Keys.shardMember(database.value(), shard.value(), number));
                members.add(new DatabaseState.ShardMember(shard.value(), number));
            }
        }
        return () ->
                members.forEach(member -> state.index.removeFromShard(new ShardId(member.shard()), member.series()));
    }

    @Override
    public void dropMeasurement(DatabaseId database, String measurement) {
        remove(batch -> {
            DatabaseState state = state(database.value());
            Runnable forget = dropSeries(batch, database, state.index.select(measurement, SeriesSelector.ALL));
            // Not those of the index: fields stay known in shards where the measurement has lost all its points.
            List<Long> shards = schemas.shards(database.value());
            for (long shard : shards) {
                byte[] prefix = Keys.schemaPrefix(database.value(), shard, measurement);
                batch.deleteRange(files.schema(), prefix, Keys.after(prefix));
            }
            return () -> {
                forget.run();
                schemas.dropMeasurement(measurement, shards);
            };
        });
    }

    @Override
    public void dropShard(DatabaseId database, ShardId shard) {
        remove(batch -> dropShards(batch, database, List.of(shard)));
    }

    private Runnable dropShards(WriteBatch batch, DatabaseId database, Collection<ShardId> shards)
            throws RocksDBException {
        DatabaseState state = state(database.value());
        for (ShardId shard : shards) {
            byte[] prefix = Keys.number(shard.value());
            batch.deleteRange(files.blocks(), prefix, Keys.after(prefix));
            byte[] owned = Keys.shard(database.value(), shard.value());
            batch.deleteRange(files.schema(), owned, Keys.after(owned));
            batch.deleteRange(files.shards(), owned, Keys.after(owned));
        }
        return () -> {
            for (ShardId shard : shards) {
                for (int series : state.index.seriesInShards(List.of(shard)).toArray()) {
                    state.index.removeFromShard(shard, series);
                }
                schemas.dropShard(shard.value());
            }
        };
    }

    @Override
    public void dropDatabase(DatabaseId database) {
        remove(batch -> {
            List<ShardId> shards =
                    schemas.shards(database.value()).stream().map(ShardId::new).toList();
            dropShards(batch, database, shards);
            byte[] prefix = Keys.number(database.value());
            batch.deleteRange(files.series(), prefix, Keys.after(prefix));
            return () -> {
                databases.remove(database.value());
                shards.forEach(shard -> schemas.dropShard(shard.value()));
            };
        });
    }

    @Override
    public void retainDatabases(Collection<DatabaseId> kept) {
        for (long database : List.copyOf(databases.keySet())) {
            if (kept.stream().noneMatch(each -> each.value() == database)) {
                dropDatabase(new DatabaseId(database));
            }
        }
    }

    /** A removal: fills the batch and returns what to do in memory once it is durable. */
    private interface Removal {
        Runnable prepare(WriteBatch batch) throws RocksDBException;
    }

    private void remove(Removal removal) {
        flushLock.lock();
        try {
            // Once without stopping appends, so that little is left for the second time.
            flush();
            headLock.writeLock().lock();
            try {
                requireWritable();
                exchangeHeadLocked();
                writeFlushing();
                try (WriteBatch batch = new WriteBatch()) {
                    Runnable forget = removal.prepare(batch);
                    files.writeSynced(batch);
                    forget.run();
                } catch (RocksDBException e) {
                    throw fail("removing points failed", e);
                }
            } finally {
                headLock.writeLock().unlock();
            }
        } finally {
            flushLock.unlock();
        }
    }

    // ------------------------------------------------------------------ state

    @Override
    public StoreStatistics statistics() {
        long series = databases.values().stream()
                .mapToLong(each -> each.index.seriesCount())
                .sum();
        long measurements = databases.values().stream()
                .mapToLong(each -> each.index.measurements().size())
                .sum();
        Head older = flushing;
        return new StoreStatistics(
                series,
                measurements,
                head.sizeInBytes() + (older == null ? 0 : older.sizeInBytes()),
                property("rocksdb.estimate-num-keys"),
                property("rocksdb.total-sst-files-size"),
                flushes.sum(),
                appends.sum(),
                appends.sum(),
                syncNanos.sum());
    }

    private long property(String name) {
        try {
            return closed.get() ? 0 : files.db().getLongProperty(files.blocks(), name);
        } catch (RocksDBException e) {
            return 0;
        }
    }

    @Override
    public StoreHealth health() {
        return health;
    }

    /** Writes what is in memory to blocks, waits for open scans, and closes the files. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        background.shutdown();
        try {
            if (!background.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("closing while points are still being written to blocks; they stay in the log");
            }
            if (health.writable()) {
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StorageException e) {
            LOG.warn("points stay in the log, as writing them to blocks failed: {}", e.getMessage());
        } finally {
            readers.arriveAndAwaitAdvance();
            files.close();
        }
    }
}
