package dev.sluice.query.operator;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.model.TimeRange;
import dev.sluice.query.QueryLimits;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.query.plan.SelectPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buckets that LIMIT lets through, which are read without the others: the newest where times descend, the first of a range
 * that has a beginning where they ascend. Ranges that end with them are tried, each wider than the one before, until one
 * holds what makes the answer the same as that over the whole range.
 */
final class LeadingBuckets {

    private static final long MOST_ROWS = 10_000;

    /** Wide steps: what was read for nothing is a small part of what is read at last. */
    private static final int WIDENING = 8;

    private final SelectPlan plan;
    private final TimeBuckets buckets;
    private final long rows;

    private LeadingBuckets(SelectPlan plan, long rows) {
        this.plan = plan;
        this.buckets = Objects.requireNonNull(plan.buckets());
        this.rows = rows;
    }

    /** The buckets that lead; null where all have to be read. */
    static @Nullable LeadingBuckets of(SelectPlan plan, QueryLimits limits) {
        long rows = (long) plan.limit() + plan.offset();
        boolean bounded = plan.buckets() != null
                && plan.buckets().uniform()
                && plan.limit() > 0
                && rows <= MOST_ROWS
                && (!plan.ascending() || plan.rangeStarts());
        // A limit counts what the whole statement reads.
        boolean counted = limits.maxSelectBuckets() > 0 || limits.maxSelectPoints() > 0;
        return bounded
                        && !counted
                        && plan.fill().kind() != Fill.Kind.LINEAR
                        && plan.calls().stream().allMatch(LeadingBuckets::isOfItsBucket)
                        && plan.sources().stream().allMatch(source -> source.shardCount() > 0)
                ? new LeadingBuckets(plan, rows)
                : null;
    }

    /** Whether what a call yields in a bucket depends on nothing outside. */
    private static boolean isOfItsBucket(Call call) {
        return FunctionRegistry.of(call) instanceof BucketFunction function
                && function.commutes()
                && (function.kind() == BucketFunction.Kind.AGGREGATE
                        || function.kind() == BucketFunction.Kind.SELECTOR);
    }

    /**
     * A range to try.
     *
     * @param attempt from 0
     * @return null when it would be the whole range
     */
    @Nullable
    TimeRange range(int attempt) {
        long count = rows;
        for (int i = 0; i < attempt; i++) {
            count *= WIDENING;
        }
        TimeRange whole = plan.range();
        long interval = buckets.intervalNanos();
        if (count > Long.MAX_VALUE / 2 / interval) {
            return null;
        }
        if (plan.ascending()) {
            long behind = buckets.start(whole.minNanos()) + count * interval;
            boolean inside = behind > whole.minNanos() && behind <= whole.maxNanos();
            return inside ? new TimeRange(whole.minNanos(), behind - 1) : null;
        }
        long first = buckets.start(whole.maxNanos()) - (count - 1) * interval;
        boolean inside = first < whole.maxNanos() && first > whole.minNanos();
        return inside ? new TimeRange(first, whole.maxNanos()) : null;
    }

    /**
     * Whether what a call has within a range decides the rows that are shown. Empty buckets are rows only from the earliest
     * point on where the statement does not say where its range begins.
     *
     * @param filled buckets with points
     * @param earliest the start of the first of them
     */
    boolean areDecidedBy(int filled, long earliest) {
        if (filled == 0) {
            return false;
        }
        if (plan.fill().kind() == Fill.Kind.NONE) {
            return filled >= rows;
        }
        return plan.rangeStarts()
                || earliest <= buckets.start(plan.range().maxNanos()) - (rows - 1) * buckets.intervalNanos();
    }
}
