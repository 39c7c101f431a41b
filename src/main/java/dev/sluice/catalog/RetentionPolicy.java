package dev.sluice.catalog;

import dev.sluice.model.TimeRange;
import java.util.List;

/**
 * A retention policy as it was at one moment. Immutable.
 *
 * @param name its name
 * @param durationNanos how long points are kept; 0 for ever
 * @param shardDurationNanos width of new shard groups
 * @param replication copies to keep; no effect on a single server
 * @param futureLimitNanos how far ahead of now points may lie; 0 for no limit (1.12)
 * @param pastLimitNanos how far back from now points may lie; 0 for no limit (1.12)
 * @param shardGroups in order of time
 * @param subscriptions in order of creation
 */
public record RetentionPolicy(
        String name,
        long durationNanos,
        long shardDurationNanos,
        int replication,
        long futureLimitNanos,
        long pastLimitNanos,
        List<ShardGroup> shardGroups,
        List<Subscription> subscriptions) {

    public RetentionPolicy {
        shardGroups = List.copyOf(shardGroups);
        subscriptions = List.copyOf(subscriptions);
    }

    /** The shard groups that may hold points of a range, in order of time. */
    public List<ShardGroup> shardGroups(TimeRange range) {
        return shardGroups.stream()
                .filter(group -> group.timeRange().overlaps(range))
                .toList();
    }
}
