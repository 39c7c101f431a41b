package dev.sluice.ingest;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.model.PointBatch;
import dev.sluice.storage.AppendOutcome;
import dev.sluice.storage.PointAppender;
import java.util.function.LongSupplier;

/** Sends each point to the shard of its time and leaves out those the retention policy does not take. */
public final class ShardingPointWriter implements PointWriter {

    private final Catalog catalog;
    private final PointAppender appender;
    private final WritesInFlight inFlight;
    private final ShardWrites writes;
    private final LongSupplier nowNanos;

    /** A writer whose writes nobody counts. */
    public ShardingPointWriter(
            Catalog catalog, PointAppender appender, WritesInFlight inFlight, LongSupplier nowNanos) {
        this(catalog, appender, inFlight, new ShardWrites(), nowNanos);
    }

    /**
     * @param inFlight where every write is entered
     * @param writes where it is counted
     * @param nowNanos time of day, in nanoseconds since the epoch
     */
    public ShardingPointWriter(
            Catalog catalog,
            PointAppender appender,
            WritesInFlight inFlight,
            ShardWrites writes,
            LongSupplier nowNanos) {
        this.catalog = catalog;
        this.appender = appender;
        this.inFlight = inFlight;
        this.writes = writes;
        this.nowNanos = nowNanos;
    }

    @Override
    public void write(String database, String retentionPolicy, PointBatch points) {
        inFlight.begin();
        try {
            store(database, retentionPolicy, points);
        } finally {
            inFlight.end();
        }
    }

    private void store(String database, String retentionPolicy, PointBatch points) {
        Database target = catalog.findDatabase(database).orElseThrow(() -> CatalogException.databaseNotFound(database));
        RetentionPolicy policy = target.loadRetentionPolicy(retentionPolicy);
        ReservedNames reserved = ReservedNames.strip(points);
        ShardWrites.Distribution distribution = new ShardWrites.Distribution();
        int beyond = assignShards(target, policy, points, reserved, distribution);
        AppendOutcome outcome = append(target, points, distribution);
        if (!outcome.rejections().isEmpty()) {
            AppendOutcome.Rejection first = outcome.rejections().get(0);
            throw new PartialWriteException(first.reason(), first.pointCount() + reserved.droppedPoints());
        }
        if (reserved.droppedPoints() > 0) {
            throw new PartialWriteException(reserved.firstReason(), reserved.droppedPoints());
        }
        if (beyond > 0) {
            throw new PartialWriteException("points beyond retention policy", beyond);
        }
    }

    private AppendOutcome append(Database target, PointBatch points, ShardWrites.Distribution distribution) {
        AppendOutcome outcome = null;
        try {
            outcome = appender.append(target.id(), points);
            return outcome;
        } finally {
            if (outcome == null) {
                writes.failed(distribution);
            } else {
                writes.stored(distribution, outcome.rejections());
            }
        }
    }

    /** Names each point's shard and returns how many points the policy refuses. */
    private int assignShards(
            Database database,
            RetentionPolicy policy,
            PointBatch points,
            ReservedNames reserved,
            ShardWrites.Distribution distribution) {
        long now = nowNanos.getAsLong();
        long oldest = policy.durationNanos() == 0 ? Long.MIN_VALUE : now - policy.durationNanos();
        oldest = policy.pastLimitNanos() == 0 ? oldest : Math.max(oldest, now - policy.pastLimitNanos());
        long newest = policy.futureLimitNanos() == 0 ? Long.MAX_VALUE : later(now, policy.futureLimitNanos());
        int beyond = 0;
        ShardGroup group = null;
        for (int point = 0; point < points.pointCount(); point++) {
            long time = points.timestampNanos(point);
            if (reserved.isDropped(point)) {
                continue;
            }
            if (time < oldest || time > newest) {
                beyond++;
                continue;
            }
            if (group == null || time < group.startNanos() || time >= group.endNanos()) {
                group = catalog.shardGroupFor(database, policy.name(), time);
            }
            points.assignShard(point, group.shard().value());
            distribution.add(group.shard().value());
        }
        return beyond;
    }

    private static long later(long now, long limit) {
        return limit > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + limit;
    }
}
