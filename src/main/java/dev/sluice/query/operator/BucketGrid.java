package dev.sluice.query.operator;

import dev.sluice.model.TimeRange;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryException;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.query.plan.SelectPlan;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The starts of all buckets of a range, in the order of the result. Not thread-safe. */
final class BucketGrid {

    /** What fits into memory with room for several calls; InfluxDB has no such bound and runs for hours instead. */
    private static final int MOST_BUCKETS = 5_000_000;

    /** A start, and once more while the starts are put into their order. */
    private static final long START_BYTES = 16;

    private final TimeBuckets buckets;
    private final TimeRange range;
    private final boolean rangeStarts;
    private final boolean ascending;
    private final long maxBuckets;

    /** The last answer; where the range has a beginning it is the same for all groups. */
    private long @Nullable [] last;

    private long lastFirst;
    private long reservedBytes;

    /**
     * A grid.
     *
     * @param rangeStarts whether the range has a beginning; else buckets count from the first one with points
     * @param maxBuckets most buckets; 0 for no limit but that of memory
     */
    BucketGrid(TimeBuckets buckets, TimeRange range, boolean rangeStarts, boolean ascending, long maxBuckets) {
        this.buckets = buckets;
        this.range = range;
        this.rangeStarts = rangeStarts;
        this.ascending = ascending;
        this.maxBuckets = maxBuckets > 0 ? Math.min(maxBuckets, MOST_BUCKETS) : MOST_BUCKETS;
    }

    /**
     * Checks the buckets of the range that a plan with buckets asks for, which may be less than what is read. They count whether they are filled
     * or not.
     *
     * @param limit 0 for none
     * @throws QueryException when there are too many
     */
    static void checkAsked(SelectPlan plan, long limit) {
        TimeRange asked = plan.range();
        if (plan.rangeStarts() && limit > 0 && !asked.isEmpty()) {
            TimeBuckets buckets = Objects.requireNonNull(plan.buckets());
            long width = asked.maxNanos() - buckets.start(asked.minNanos());
            checkCount(count(width, buckets), limit);
        }
    }

    private static long count(long width, TimeBuckets buckets) {
        // A width that overflows is more than any bound.
        return width < 0 ? Long.MAX_VALUE : width / buckets.intervalNanos() + 1;
    }

    long intervalNanos() {
        return buckets.intervalNanos();
    }

    boolean ascending() {
        return ascending;
    }

    /**
     * The starts.
     *
     * @param firstFilled start of the earliest bucket with points
     * @param memory where they are noted before they are made; they stay until it is closed
     * @throws QueryException when there are too many, or too many for the memory there may be
     */
    long[] starts(long firstFilled, MemoryAccount memory) {
        long first = rangeStarts ? buckets.start(range.minNanos()) : firstFilled;
        if (last == null || first != lastFirst) {
            long bytes = Math.min(count(range.maxNanos() - first, buckets), MOST_BUCKETS) * START_BYTES;
            memory.reserve(bytes - reservedBytes);
            reservedBytes = bytes;
            last = compute(first);
            lastFirst = first;
        }
        return last;
    }

    private long[] compute(long first) {
        long count = count(range.maxNanos() - first, buckets);
        // What is read before the range that was asked for does not count.
        long limit = rangeStarts ? MOST_BUCKETS : maxBuckets;
        checkCount(buckets.uniform() ? count : 0, limit);
        long[] starts = new long[buckets.uniform() ? (int) count : 64];
        int size = 0;
        for (long time = first; time <= range.maxNanos(); ) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
            }
            starts[size++] = time;
            checkCount(size, limit);
            long end = buckets.end(time);
            if (end == Long.MAX_VALUE) {
                break;
            }
            time = end;
        }
        long[] exact = Arrays.copyOf(starts, size);
        if (!ascending) {
            for (int i = 0; i < size; i++) {
                exact[i] = starts[size - 1 - i];
            }
        }
        return exact;
    }

    private static void checkCount(long count, long limit) {
        if (count > limit) {
            throw new QueryException("max-select-buckets limit exceeded: (" + count + "/" + limit + ")");
        }
    }
}
