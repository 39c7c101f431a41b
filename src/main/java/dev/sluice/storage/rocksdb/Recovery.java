package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.ShardId;
import dev.sluice.storage.codec.ByteReader;
import java.nio.charset.StandardCharsets;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads series, schemas, memberships and the log into memory when a store is opened. */
final class Recovery {

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
        restoreSeries();
        restoreFields();
        restoreMembers();
        replayLog();
    }

    private void restoreSeries() throws RocksDBException {
        try (RocksIterator series = files.db().newIterator(files.series())) {
            for (series.seekToFirst(); series.isValid(); series.next()) {
                ByteReader key = new ByteReader(series.key(), 0);
                databases.state(key.readLong()).index.restore(key.readInt(), series.value());
            }
            series.status();
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
        String name = new String(key, in.position(), key.length - in.position(), StandardCharsets.UTF_8);
        ByteReader data = new ByteReader(value, 0);
        int id = (int) data.readVarint();
        FieldType type = FieldType.ofCode((byte) data.readByte());
        schemas.fields(database, shard, measurement).restore(new ShardSchemas.Field(id, name, type));
    }

    private void restoreMembers() throws RocksDBException {
        try (RocksIterator members = files.db().newIterator(files.shards())) {
            for (members.seekToFirst(); members.isValid(); members.next()) {
                ByteReader key = new ByteReader(members.key(), 0);
                databases.state(key.readLong()).index.addToShard(new ShardId(key.readLong()), key.readInt());
            }
            members.status();
        }
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
