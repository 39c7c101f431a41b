package dev.sluice.continuous;

import dev.sluice.model.TimeRange;
import dev.sluice.query.kernel.TimeBuckets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When a continuous query runs and over what ("Continuous Queries, advanced syntax", InfluxDB 1.x): every interval of its
 * GROUP BY time(), or RESAMPLE EVERY, over the buckets that ended since, or RESAMPLE FOR. Times are nanoseconds since the
 * epoch. Immutable.
 */
final class ResampleSchedule {

    private final long interval;
    private final long every;
    private final long span;
    private final ZoneId zone;
    private final TimeBuckets buckets;
    private final TimeBuckets runs;

    /**
     * A schedule.
     *
     * @param intervalNanos of GROUP BY time(), positive
     * @param offsetNanos of GROUP BY time()
     * @param everyNanos of RESAMPLE EVERY; null for the interval
     * @param forNanos of RESAMPLE FOR; null for the longer of interval and EVERY
     * @param zone of {@code tz()}
     */
    ResampleSchedule(
            long intervalNanos, long offsetNanos, @Nullable Long everyNanos, @Nullable Long forNanos, ZoneId zone) {
        this.interval = intervalNanos;
        this.every = everyNanos == null ? intervalNanos : everyNanos;
        this.span = forNanos == null ? Math.max(intervalNanos, every) : forNanos;
        this.zone = zone;
        this.buckets = new TimeBuckets(intervalNanos, offsetNanos, zone);
        this.runs = new TimeBuckets(every, offsetNanos, zone);
    }

    /** What is to be remembered as the last run of one that begins now. */
    long runOf(long now) {
        return runs.start(now);
    }

    /**
     * The moment for which the query is due.
     *
     * @param lastRun see {@link #runOf}; null when it has not run since the service started
     * @return empty when it is not due yet
     */
    OptionalLong due(@Nullable Long lastRun, long now) {
        if (lastRun == null) {
            return OptionalLong.of(now);
        }
        long next = lastRun + every;
        long change = zoneOffset(lastRun - 1) - zoneOffset(next - 1);
        if (change != 0 && Math.abs(change) < every) {
            next += change;
        }
        return next <= now ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /**
     * What a run reads: from the oldest bucket it has to compute, so that moments that were missed are made up for, to
     * the end of the newest that is complete, or that RESAMPLE EVERY wants to see growing.
     *
     * @param due see {@link #due}
     * @return both ends inclusive; empty when no bucket is to be computed
     */
    Optional<TimeRange> range(long due, long now) {
        long start = buckets.start(due + interval - span - 1);
        long end = buckets.start(now + interval - Math.min(every, interval));
        return end > start ? Optional.of(new TimeRange(start, end - 1)) : Optional.empty();
    }

    private long zoneOffset(long nanos) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L));
        return zone.getRules().getOffset(instant).getTotalSeconds() * 1_000_000_000L;
    }
}
