package dev.sluice.query.kernel;

import dev.sluice.model.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The buckets GROUP BY time() cuts time into: aligned to the epoch plus an offset, in the clock of a zone. Around a
 * change of the zone's offset buckets are shortened or lengthened so that they keep starting at the same hour of the day
 * (InfluxDB 1.8: an edge moves by the change when that is less than the interval). Immutable.
 */
public final class TimeBuckets {

    private final long interval;
    private final long offset;
    private final @Nullable ZoneRules rules;

    /**
     * Buckets of one width.
     *
     * @param intervalNanos width, positive
     * @param offsetNanos shift of all edges; any value, taken modulo the width
     * @param zone whose midnights buckets align to
     */
    public TimeBuckets(long intervalNanos, long offsetNanos, ZoneId zone) {
        if (intervalNanos <= 0) {
            throw new IllegalArgumentException("interval must be positive: " + intervalNanos);
        }
        this.interval = intervalNanos;
        this.offset = offsetNanos % intervalNanos;
        ZoneRules zoneRules = zone.getRules();
        this.rules =
                zoneRules.isFixedOffset() && zoneRules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC)
                        ? null
                        : zoneRules;
    }

    public long intervalNanos() {
        return interval;
    }

    /** Whether every bucket is exactly {@link #intervalNanos()} wide. */
    public boolean uniform() {
        return rules == null;
    }

    /** First timestamp of the bucket that holds {@code time}; not below the smallest timestamp. */
    public long start(long time) {
        long base = minus(time, offset);
        if (rules == null) {
            long into = Math.floorMod(base, interval);
            return base < TimeRange.MIN_TIMESTAMP + into ? TimeRange.MIN_TIMESTAMP : fromOffset(base - into);
        }
        long zone = zoneOffset(base);
        long into = Math.floorMod(base + zone, interval);
        if (base < TimeRange.MIN_TIMESTAMP + into) {
            return TimeRange.MIN_TIMESTAMP;
        }
        long start = fromOffset(base - into);
        long change = zone - zoneOffset(start);
        return change != 0 && Math.abs(change) < interval ? start + change : start;
    }

    /** First timestamp behind the bucket that holds {@code time}; {@link Long#MAX_VALUE} when that is out of range. */
    public long end(long time) {
        long base = minus(time, offset);
        if (rules == null) {
            long left = interval - Math.floorMod(base, interval);
            return base >= TimeRange.MAX_TIMESTAMP - left ? Long.MAX_VALUE : clamp(base + left + offset);
        }
        long zone = zoneOffset(base);
        long left = interval - Math.floorMod(base + zone, interval);
        if (base >= TimeRange.MAX_TIMESTAMP - left) {
            return Long.MAX_VALUE;
        }
        long end = base + left;
        long endZone = zoneOffset(end);
        long change = zone - endZone;
        if (change != 0 && Math.abs(change) < interval) {
            // Time that the clock skips belongs to the next bucket, unless the skip lies inside this one.
            if (change > 0 || zoneOffset(end + change) == endZone) {
                end += change;
            }
        }
        return clamp(end + offset);
    }

    private long fromOffset(long start) {
        return Math.max(minus(start, -offset), TimeRange.MIN_TIMESTAMP);
    }

    /** The difference, or the end of the range of numbers that it lies behind. */
    private static long minus(long time, long offset) {
        long difference = time - offset;
        boolean overflows = ((time ^ offset) & (time ^ difference)) < 0;
        return overflows ? time < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : difference;
    }

    private static long clamp(long end) {
        return end > TimeRange.MAX_TIMESTAMP ? Long.MAX_VALUE : end;
    }

    private long zoneOffset(long time) {
        ZoneRules present = rules;
        if (present == null) {
            return 0;
        }
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(time, 1_000_000_000L));
        return present.getOffset(instant).getTotalSeconds() * 1_000_000_000L;
    }
}
