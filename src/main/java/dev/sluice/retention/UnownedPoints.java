package dev.sluice.retention;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import dev.sluice.storage.TimeSeriesStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Points whose database or shard is not in the catalogue. Whatever is dropped leaves the catalogue first and is removed
 * from the store here; when the process ends in between, its points are out of reach, because no id is ever given out
 * twice, and the next start removes them. Thread-safe.
 */
public final class UnownedPoints {

    private final Catalog catalog;
    private final TimeSeriesStore store;
    private final WritesInFlight writes;
    private final ReentrantLock removing = new ReentrantLock();

    public UnownedPoints(Catalog catalog, TimeSeriesStore store, WritesInFlight writes) {
        this.catalog = catalog;
        this.store = store;
        this.writes = writes;
    }

    /**
     * Makes sure that the store was filled under this catalogue or an earlier state of it. With an older or a foreign one,
     * ids would be given out that have points already, and what is in the store would be taken for unowned.
     *
     * @throws ForeignPointsException when it was not
     */
    public void requireSameCatalog() {
        store.shards().forEach((database, shards) -> {
            if (!catalog.hasGivenOut(database)) {
                throw new ForeignPointsException("database " + database.value());
            }
            for (ShardId shard : shards) {
                if (!catalog.hasGivenOut(shard)) {
                    throw new ForeignPointsException("shard " + shard.value());
                }
            }
        });
    }

    /** Removes the points of everything that had left the catalogue before this call. */
    public void remove() {
        removing.lock();
        try {
            writes.await();
            // The store first: what it has was in the catalogue then, and when it is not any more, it was dropped.
            Map<DatabaseId, Set<ShardId>> stored = store.shards();
            Map<DatabaseId, Set<ShardId>> owned = owned();
            stored.forEach((database, shards) -> {
                Set<ShardId> kept = owned.get(database);
                if (kept == null) {
                    store.dropDatabase(database);
                    return;
                }
                shards.stream()
                        .filter(shard -> !kept.contains(shard))
                        .forEach(shard -> store.dropShard(database, shard));
            });
        } finally {
            removing.unlock();
        }
    }

    private Map<DatabaseId, Set<ShardId>> owned() {
        Map<DatabaseId, Set<ShardId>> owned = new HashMap<>();
        for (Database database : catalog.databases()) {
            Set<ShardId> shards = new HashSet<>();
            for (RetentionPolicy policy : database.retentionPolicies()) {
                policy.shardGroups().stream().map(ShardGroup::shard).forEach(shards::add);
            }
            owned.put(database.id(), shards);
        }
        return owned;
    }
}
