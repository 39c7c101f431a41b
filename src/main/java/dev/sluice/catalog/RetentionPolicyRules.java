package dev.sluice.catalog;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Default values and limits of retention policies. The order of the checks decides which of two errors is told. */
final class RetentionPolicyRules {

    static final String DEFAULT_NAME = "autogen";

    private static final long MIN_DURATION = TimeUnit.HOURS.toNanos(1);
    private static final long MIN_SHARD_DURATION = TimeUnit.HOURS.toNanos(1);

    private RetentionPolicyRules() {}

    /** The policy every database starts with. */
    static RetentionPolicy autogen() {
        return create(DEFAULT_NAME, new RetentionPolicySpec(null, null, null, null, null, null));
    }

    /** A new policy as asked for, with defaults for what was not said. */
    static RetentionPolicy create(String name, RetentionPolicySpec spec) {
        long duration = orElse(spec.durationNanos(), 0);
        checkDuration(duration);
        long shardDuration = shardDuration(orElse(spec.shardDurationNanos(), 0), duration);
        checkShardDuration(duration, shardDuration);
        Integer replication = spec.replication();
        RetentionPolicy policy = new RetentionPolicy(
                name,
                duration,
                shardDuration,
                replication == null ? 1 : replication,
                orElse(spec.futureLimitNanos(), 0),
                orElse(spec.pastLimitNanos(), 0),
                List.of(),
                List.of());
        checkWriteLimits(policy);
        return policy;
    }

    /** The policy with the changes that were asked for. The shard duration only changes when it is named. */
    static RetentionPolicy alter(RetentionPolicy policy, RetentionPolicySpec changes) {
        long duration = orElse(changes.durationNanos(), policy.durationNanos());
        checkDuration(duration);
        Long shardDurationAsked = changes.shardDurationNanos();
        long shardDuration =
                shardDurationAsked == null ? policy.shardDurationNanos() : shardDuration(shardDurationAsked, duration);
        checkShardDuration(duration, shardDuration);
        Integer replication = changes.replication();
        RetentionPolicy altered = new RetentionPolicy(
                policy.name(),
                duration,
                shardDuration,
                replication == null ? policy.replication() : replication,
                orElse(changes.futureLimitNanos(), policy.futureLimitNanos()),
                orElse(changes.pastLimitNanos(), policy.pastLimitNanos()),
                policy.shardGroups(),
                policy.subscriptions());
        checkWriteLimits(altered);
        return altered;
    }

    /** Whether an existing policy is what {@code CREATE DATABASE … WITH} asks for; what was not said fits anything. */
    static boolean matches(RetentionPolicy policy, RetentionPolicySpec spec) {
        Long shardDuration = spec.shardDurationNanos();
        return fits(spec.durationNanos(), policy.durationNanos())
                && (spec.replication() == null || spec.replication() == policy.replication())
                && (shardDuration == null
                        || shardDuration(shardDuration, policy.durationNanos()) == policy.shardDurationNanos())
                && fits(spec.futureLimitNanos(), policy.futureLimitNanos())
                && fits(spec.pastLimitNanos(), policy.pastLimitNanos());
    }

    /** Whether two policies are the same but for name and contents. */
    static boolean sameSettings(RetentionPolicy a, RetentionPolicy b) {
        return a.durationNanos() == b.durationNanos()
                && a.shardDurationNanos() == b.shardDurationNanos()
                && a.replication() == b.replication()
                && a.futureLimitNanos() == b.futureLimitNanos()
                && a.pastLimitNanos() == b.pastLimitNanos();
    }

    static void checkDuration(long duration) {
        if (duration != 0 && duration < MIN_DURATION) {
            throw new CatalogException("retention policy duration must be at least 1h0m0s");
        }
    }

    private static void checkShardDuration(long duration, long shardDuration) {
        if (duration != 0 && duration < shardDuration) {
            throw new CatalogException("retention policy duration must be greater than the shard duration");
        }
    }

    private static void checkWriteLimits(RetentionPolicy policy) {
        if (policy.futureLimitNanos() < 0 || policy.pastLimitNanos() < 0) {
            throw new CatalogException("negative write limit");
        }
    }

    /** The width of shard groups: what was asked for, but an hour at least; 0 asks for what fits the duration. */
    private static long shardDuration(long asked, long duration) {
        if (asked != 0) {
            return Math.max(asked, MIN_SHARD_DURATION);
        }
        if (duration == 0 || duration >= TimeUnit.DAYS.toNanos(180)) {
            return TimeUnit.DAYS.toNanos(7);
        }
        return duration >= TimeUnit.DAYS.toNanos(2) ? TimeUnit.DAYS.toNanos(1) : TimeUnit.HOURS.toNanos(1);
    }

    private static boolean fits(@Nullable Long asked, long actual) {
        return asked == null || asked == actual;
    }

    private static long orElse(@Nullable Long value, long otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }
}
