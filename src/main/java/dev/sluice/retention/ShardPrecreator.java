package dev.sluice.retention;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.LongSupplier;

/** Makes the group behind the last one of each policy when that ends soon, so that no write has to wait for it. */
public final class ShardPrecreator implements Runnable {

    private static final Logger LOG = System.getLogger(ShardPrecreator.class.getName());

    private final Catalog catalog;
    private final LongSupplier nowNanos;
    private final long advanceNanos;

    /**
     * @param nowNanos time of day, in nanoseconds since the epoch
     * @param advanceNanos how long before the end of a group the next one is made
     */
    public ShardPrecreator(Catalog catalog, LongSupplier nowNanos, long advanceNanos) {
        this.catalog = catalog;
        this.nowNanos = nowNanos;
        this.advanceNanos = advanceNanos;
    }

    @Override
    public void run() {
        long now = nowNanos.getAsLong();
        for (Database database : catalog.databases()) {
            for (RetentionPolicy policy : database.retentionPolicies()) {
                List<ShardGroup> groups = policy.shardGroups();
                if (!groups.isEmpty()) {
                    long end = groups.get(groups.size() - 1).endNanos();
                    if (end > now && end - now < advanceNanos) {
                        create(database, policy, end);
                    }
                }
            }
        }
    }

    private void create(Database database, RetentionPolicy policy, long start) {
        try {
            catalog.shardGroupFor(database, policy.name(), start);
        } catch (CatalogException dropped) {
            LOG.log(
                    Level.DEBUG,
                    "No shard group is made for {0}.{1}: {2}",
                    database.name(),
                    policy.name(),
                    dropped.getMessage());
        }
    }
}
