package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.ShardId;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.codec.ByteReader;
import dev.sluice.storage.index.DatabaseIndex;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.roaringbitmap.RoaringBitmap;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads series, schemas, memberships and the log into memory when a store is opened. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final long READ_AHEAD = 1 << 20;
    private static final long WORTH_TELLING_NANOS = 1_000_000_000L;

    private final RocksFiles files;
    private final Databases databases;
    private final ShardSchemas schemas;
    private final Heads heads;

    Recovery(RocksFiles files, Databases databases, ShardSchemas schemas, Heads heads) {
        this.files = files;
        this.databases = databases;
        this.schemas = schemas;
        this.heads = heads;
    }

    void run() throws RocksDBException {
        long begun = System.nanoTime();
        // What has many rows is read by two threads, each by one.
        FutureTask<Map<Long, Map<ShardId, RoaringBitmap>>> members = new FutureTask<>(this::readMembers);
        Thread reader = new Thread(members, "sluice-open-shards");
        reader.setDaemon(true);
        reader.start();
        try {
            restoreSeries();
            restoreFields();
        } finally {
            // Also after a failure: the files are closed then.
            await(reader);
        }
        long read = System.nanoTime();
        result(members)
                .forEach((database, shards) -> databases.state(database).index.restoreShards(shards));
        long restored = System.nanoTime();
        replayLog();
        long done = System.nanoTime();
        if (done - begun > WORTH_TELLING_NANOS) {
            LOG.info(
                    "{} series read in {} ms, their tags in {} ms, points that are not in blocks yet in {} ms",
                    databases.all().stream()
                            .mapToLong(each -> each.index.seriesCount())
                            .sum(),
                    millis(read - begun),
                    millis(restored - read),
                    millis(done - restored));
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T result(FutureTask<T> done) throws RocksDBException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RocksDBException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while the store was opened", e);
        }
    }

    /** To read all of a family once. */
    private static ReadOptions once() {
        return new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD);
    }

    private void restoreSeries() throws RocksDBException {
        byte[] key = new byte[Keys.SERIES_LENGTH];
        byte[] canonical = new byte[1024];
        DatabaseIndex index = null;
        long current = 0;
        try (ReadOptions once = once();
                RocksIterator series = files.db().newIterator(files.series(), once)) {
            for (series.seekToFirst(); series.isValid(); series.next()) {
                series.key(key);
                long database = Keys.database(key);
                if (index == null || database != current) {
                    current = database;
                    index = databases.state(database).index;
                    index.reserve(1 + lastSeries(database));
                }
                int length = series.value(canonical);
                if (length > canonical.length) {
                    canonical = new byte[length * 2];
                    length = series.value(canonical);
                }
                if (length == 0) {
                    index.restoreNameless(Keys.series(key));
                } else {
                    index.restore(Keys.series(key), canonical, length);
                }
            }
            series.status();
        }
    }

    private int lastSeries(long database) throws RocksDBException {
        try (RocksIterator series = files.db().newIterator(files.series())) {
            series.seekForPrev(Keys.series(database, -1));
            series.status();
            return Keys.series(series.key());
        }
    }

    private void restoreFields() throws RocksDBException {
        try (RocksIterator fields = files.db().newIterator(files.schema())) {
            for (fields.seekToFirst(); fields.isValid(); fields.next()) {
                restoreField(fields.key(), fields.value());
            }
            fields.status();
        }
    }

    private void restoreField(byte[] key, byte[] value) {
        ByteReader in = new ByteReader(key, 0);
        long database = in.readLong();
        long shard = in.readLong();
        String measurement = new String(in.readSlice(), StandardCharsets.UTF_8);
        ByteReader data = new ByteReader(value, 0);
        int id = (int) data.readVarint();
        FieldType type = FieldType.ofCode((byte) data.readByte());
        ShardSchemas.Fields fields = schemas.fields(database, shard, measurement);
        if (in.position() < key.length && key[in.position()] == IndexRepair.LOST_FIELD) {
            fields.restoreNameless(id, type);
            return;
        }
        String name = new String(key, in.position(), key.length - in.position(), StandardCharsets.UTF_8);
        fields.restore(new ShardSchemas.Field(id, name, type));
    }

    private Map<Long, Map<ShardId, RoaringBitmap>> readMembers() throws RocksDBException {
        Map<Long, Map<ShardId, RoaringBitmap>> all = new HashMap<>();
        byte[] key = new byte[Keys.MEMBER_LENGTH];
        RoaringBitmap shard = null;
        long currentDatabase = 0;
        long currentShard = 0;
        try (ReadOptions once = once();
                RocksIterator members = files.db().newIterator(files.shards(), once)) {
            for (members.seekToFirst(); members.isValid(); members.next()) {
                members.key(key);
                if (shard == null || Keys.database(key) != currentDatabase || Keys.memberShard(key) != currentShard) {
                    currentDatabase = Keys.database(key);
                    currentShard = Keys.memberShard(key);
                    shard = new RoaringBitmap();
                    all.computeIfAbsent(currentDatabase, fresh -> new HashMap<>())
                            .put(new ShardId(currentShard), shard);
                }
                shard.add(Keys.memberSeries(key));
            }
            members.status();
        }
        return all;
    }

    private void replayLog() throws RocksDBException {
        try (RocksIterator log = files.db().newIterator(files.log())) {
            LogReplay replay = new LogReplay();
            for (log.seekToFirst(); log.isValid(); log.next()) {
                heads.restoreSequence(new ByteReader(log.key(), 0).readLong());
                LogEntry.read(log.value(), replay);
            }
            log.status();
        }
    }

    /** Puts the points of log entries back into the head. */
    private final class LogReplay implements LogEntry.Visitor {

        private final Head head = heads.current();
        private long database;

        @Override
        public void database(long id) {
            database = id;
        }

        @Override
        public void point(
                long shard, int series, long timestampNanos, FieldLayout layout, long[] values, byte[] arena) {
            if (databases.state(database).index.isNameless(series)) {
                return;
            }
            HeadSeries rows = head.shard(shard).find(series, fresh -> {
                String measurement = databases.state(database).index.measurement(series);
                head.grow(HeadSeries.OVERHEAD_IN_BYTES);
                return new HeadSeries(schemas.fields(database, shard, measurement));
            });
            head.grow(layout.rowSizeInBytes(values, 0));
            rows.addLocked(rows.fields().layout(layout), timestampNanos, values, 0, arena);
        }
    }
}
