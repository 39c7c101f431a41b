package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * The options of a retention policy as far as they were written; null where they were not.
 *
 * @param name of the policy (CREATE DATABASE … WITH … NAME)
 * @param durationNanos 0 for infinite
 * @param replication number of copies
 * @param shardDurationNanos 0 for the default
 * @param futureLimitNanos how far ahead of now points may lie (1.12)
 * @param pastLimitNanos how far back from now points may lie (1.12)
 */
public record RetentionPolicyOptions(
        @Nullable String name,
        @Nullable Long durationNanos,
        @Nullable Integer replication,
        @Nullable Long shardDurationNanos,
        @Nullable Long futureLimitNanos,
        @Nullable Long pastLimitNanos) {}
