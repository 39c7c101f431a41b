package dev.sluice.storage.rocksdb;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Which shards have blocks that were not merged since they changed. A durable mark says that a shard is merged; it goes
 * with the very write that changes the shard. Thread-safe.
 */
final class ShardChanges {

    private final RocksFiles files;
    private final Map<Long, Long> changedAt = new ConcurrentHashMap<>();

    ShardChanges(RocksFiles files) {
        this.files = files;
    }

    /** Finds the shards that have blocks and no mark; they count as changed now. */
    void restore() throws RocksDBException {
        try (RocksIterator blocks = files.db().newIterator(files.blocks())) {
            blocks.seekToFirst();
            while (blocks.isValid()) {
                long shard = Keys.blockShard(blocks.key());
                if (files.db().get(files.meta(), Keys.merged(shard)) == null) {
                    changedAt.put(shard, System.nanoTime());
                }
                blocks.seek(Keys.after(Keys.number(shard)));
            }
            blocks.status();
        }
    }

    /** Notes that a batch changes the blocks of a shard. */
    void change(long shard, WriteBatch batch) throws RocksDBException {
        batch.delete(files.meta(), Keys.merged(shard));
        changedAt.put(shard, System.nanoTime());
    }

    /** Notes that a batch takes a shard away. */
    void drop(long shard, WriteBatch batch) throws RocksDBException {
        batch.delete(files.meta(), Keys.merged(shard));
        changedAt.remove(shard);
    }

    /** The changed shards whose last change is at least so long ago. */
    List<Long> unchangedFor(long nanos) {
        long now = System.nanoTime();
        return changedAt.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= nanos)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** When a shard changed last, or null when it did not since it was merged. */
    @Nullable
    Long changedAt(long shard) {
        return changedAt.get(shard);
    }

    /** Marks a shard as merged; its blocks do not change meanwhile. */
    void markMerged(long shard) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(files.meta(), Keys.merged(shard), new byte[0]);
            files.writeUnsynced(batch);
        }
        changedAt.remove(shard);
    }
}
