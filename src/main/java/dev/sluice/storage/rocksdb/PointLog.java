package dev.sluice.storage.rocksdb;

import dev.sluice.storage.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Makes appended batches durable, together with the series, fields and memberships that came with them. Thread-safe. */
final class PointLog {

    private final RocksFiles files;
    private final Heads heads;
    private final WriteGate gate;
    private final LongAdder syncNanos = new LongAdder();

    PointLog(RocksFiles files, Heads heads, WriteGate gate) {
        this.files = files;
        this.heads = heads;
        this.gate = gate;
    }

    /** Writes a resolved batch and returns when it is on disk. */
    void write(long database, DatabaseState state, BatchResolver resolver, LogEntry log) {
        try (WriteBatch batch = new WriteBatch()) {
            for (Map.Entry<Integer, byte[]> series : resolver.newSeries().entrySet()) {
                batch.put(files.series(), Keys.series(database, series.getKey()), series.getValue());
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
            batch.put(files.log(), Keys.number(heads.nextSequence()), log.toByteArray());
            long start = System.nanoTime();
            files.writeSynced(batch);
            syncNanos.add(System.nanoTime() - start);
            state.pendingSeries.removeAll(resolver.newSeries().keySet());
            state.pendingMembers.removeAll(resolver.newMembers());
            for (int i = 0; i < fieldCounts.size(); i++) {
                resolver.newFields().get(i).fields().markDurable(fieldCounts.get(i));
            }
        } catch (RocksDBException e) {
            throw gate.fail("writing points failed", e);
        }
    }

    long syncNanos() {
        return syncNanos.sum();
    }
}
