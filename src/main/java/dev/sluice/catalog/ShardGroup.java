package dev.sluice.catalog;

import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;

/**
 * A window of time of one retention policy and the shard that holds its points (a single server has one per group).
 *
 * @param id number of the group, never used twice
 * @param shard the shard
 * @param startNanos first timestamp inside
 * @param endNanos first timestamp behind
 */
public record ShardGroup(long id, ShardId shard, long startNanos, long endNanos) {

    public TimeRange timeRange() {
        return new TimeRange(startNanos, endNanos - 1);
    }
}
