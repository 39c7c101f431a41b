package dev.sluice.retention;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/**
 * Drops the shard groups all of whose points are older than their policy keeps them: a group goes once its end is
 * further back than the policy's duration. What an earlier run could not remove goes with it.
 */
public final class RetentionEnforcer implements Runnable {

    private static final Logger LOG = System.getLogger(RetentionEnforcer.class.getName());

    private final Catalog catalog;
    private final UnownedPoints unowned;
    private final LongSupplier nowNanos;
    private final ClockWatch clock;

    /** @param nowNanos time of day, in nanoseconds since the epoch */
    public RetentionEnforcer(Catalog catalog, UnownedPoints unowned, LongSupplier nowNanos, ClockWatch clock) {
        this.catalog = catalog;
        this.unowned = unowned;
        this.nowNanos = nowNanos;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (clock.jumpedAhead()) {
            LOG.log(
                    Level.WARNING,
                    "The clock has jumped ahead; no shard group is dropped before the next check, in case it goes back");
            return;
        }
        long now = nowNanos.getAsLong();
        for (Database database : catalog.databases()) {
            for (RetentionPolicy policy : database.retentionPolicies()) {
                for (ShardGroup group : policy.shardGroups()) {
                    if (isExpired(policy, group, now)) {
                        drop(database, policy, group);
                    }
                }
            }
        }
        unowned.remove();
    }

    private static boolean isExpired(RetentionPolicy policy, ShardGroup group, long now) {
        // The duration is subtracted, as an end near the last timestamp leaves no room to add it.
        return policy.durationNanos() != 0 && group.endNanos() < now - policy.durationNanos();
    }

    private void drop(Database database, RetentionPolicy policy, ShardGroup group) {
        catalog.dropShardGroup(database.name(), policy.name(), group.id());
        LOG.log(
                Level.INFO,
                "Shard group {0} of {1}.{2} has expired and is dropped",
                String.valueOf(group.id()),
                database.name(),
                policy.name());
    }
}
