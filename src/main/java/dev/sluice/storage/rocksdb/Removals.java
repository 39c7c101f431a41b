package dev.sluice.storage.rocksdb;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.SeriesRemover;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PrimitiveIterator;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Takes points away. Every removal runs alone and after a flush, so that it has blocks only to deal with and nothing in
 * the log can bring removed points back.
 */
final class Removals implements SeriesRemover {

    private final RocksFiles files;
    private final Databases databases;
    private final ShardSchemas schemas;
    private final Flusher flusher;
    private final ShardChanges changes;
    private final WriteGate gate;
    private final SpaceReclaimer space;

    Removals(
            RocksFiles files,
            Databases databases,
            ShardSchemas schemas,
            Flusher flusher,
            ShardChanges changes,
            WriteGate gate,
            SpaceReclaimer space) {
        this.files = files;
        this.databases = databases;
        this.schemas = schemas;
        this.flusher = flusher;
        this.changes = changes;
        this.gate = gate;
        this.space = space;
    }

    @Override
    public void deleteRange(DatabaseId database, Collection<ShardId> shards, SeriesSet series, TimeRange range) {
        remove(batch -> {
            DatabaseState state = databases.state(database.value());
            List<DatabaseState.ShardMember> emptied = new ArrayList<>();
            try (BlockRewriter rewriter = new BlockRewriter(files, batch)) {
                for (ShardId shard : shards) {
                    changes.change(shard.value(), batch);
                    SeriesSet present = series.and(state.index.seriesInShards(List.of(shard)));
                    for (PrimitiveIterator.OfInt each = present.iterator(); each.hasNext(); ) {
                        int number = each.nextInt();
                        if (!rewriter.remove(shard.value(), number, range)) {
                            emptied.add(new DatabaseState.ShardMember(shard.value(), number));
                            batch.delete(files.shards(), Keys.shardMember(database.value(), shard.value(), number));
                        }
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
        DatabaseState state = databases.state(database.value());
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
        return () -> {
            members.forEach(member -> state.index.removeFromShard(new ShardId(member.shard()), member.series()));
            members.stream()
                    .mapToLong(DatabaseState.ShardMember::shard)
                    .distinct()
                    .forEach(shard -> space.compact(Keys.number(shard), Keys.after(Keys.number(shard))));
        };
    }

    @Override
    public void dropMeasurement(DatabaseId database, String measurement) {
        remove(batch -> {
            DatabaseState state = databases.state(database.value());
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
        DatabaseState state = databases.state(database.value());
        for (ShardId shard : shards) {
            byte[] prefix = Keys.number(shard.value());
            batch.deleteRange(files.blocks(), prefix, Keys.after(prefix));
            changes.drop(shard.value(), batch);
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
                space.reclaimRange(Keys.number(shard.value()), Keys.after(Keys.number(shard.value())));
            }
        };
    }

    @Override
    public void dropDatabase(DatabaseId database) {
        remove(batch -> {
            List<ShardId> shards =
                    schemas.shards(database.value()).stream().map(ShardId::new).toList();
            Runnable forget = dropShards(batch, database, shards);
            byte[] prefix = Keys.number(database.value());
            batch.deleteRange(files.series(), prefix, Keys.after(prefix));
            return () -> {
                forget.run();
                databases.remove(database.value());
            };
        });
    }

    /** A removal: fills the batch and returns what to do in memory once it is durable. */
    private interface Removal {
        Runnable prepare(WriteBatch batch) throws RocksDBException;
    }

    private void remove(Removal removal) {
        flusher.alone(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                Runnable forget = removal.prepare(batch);
                files.writeSynced(batch);
                forget.run();
            } catch (RocksDBException e) {
                throw gate.fail("removing points failed", e);
            }
        });
    }
}
