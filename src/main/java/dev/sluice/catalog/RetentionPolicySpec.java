package dev.sluice.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a user asks of a retention policy; null where nothing was said.
 *
 * @param name of the policy
 * @param durationNanos how long points are kept; 0 for ever
 * @param replication number of copies
 * @param shardDurationNanos width of shard groups; 0 for the width that fits the duration
 * @param futureLimitNanos how far ahead of now points may lie; 0 for no limit
 * @param pastLimitNanos how far back from now points may lie; 0 for no limit
 */
public record RetentionPolicySpec(
        @Nullable String name,
        @Nullable Long durationNanos,
        @Nullable Integer replication,
        @Nullable Long shardDurationNanos,
        @Nullable Long futureLimitNanos,
        @Nullable Long pastLimitNanos) {}
