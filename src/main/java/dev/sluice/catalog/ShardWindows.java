package dev.sluice.catalog;

import dev.sluice.model.TimeRange;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where shard groups begin and end. */
final class ShardWindows {

    /** From 0001-01-01T00:00:00Z, whence InfluxDB counts windows (weeks begin on Mondays), to 1970-01-01T00:00:00Z. */
    private static final BigInteger NANOS_FROM_YEAR_1 =
            BigInteger.valueOf(62_135_596_800L).multiply(BigInteger.valueOf(1_000_000_000));

    private ShardWindows() {}

    /**
     * The window of a new group for a timestamp that no existing group holds, cut back to where it does not overlap its
     * neighbours (they may be wider or narrower, because the shard duration of a policy can change) and to the
     * timestamps that points can have.
     *
     * @param groups existing groups, in order of time
     * @return the window, whose maximum is the last timestamp inside
     */
    static TimeRange windowAt(long timestampNanos, long widthNanos, List<ShardGroup> groups) {
        BigInteger width = BigInteger.valueOf(widthNanos);
        BigInteger timestamp = BigInteger.valueOf(timestampNanos);
        BigInteger start = timestamp.subtract(timestamp.add(NANOS_FROM_YEAR_1).mod(width));
        BigInteger last = start.add(width).subtract(BigInteger.ONE);
        long min = start.max(BigInteger.valueOf(TimeRange.MIN_TIMESTAMP)).longValueExact();
        long max = last.min(BigInteger.valueOf(TimeRange.MAX_TIMESTAMP)).longValueExact();
        int next = indexBehind(timestampNanos, groups);
        if (next > 0) {
            min = Math.max(min, groups.get(next - 1).endNanos());
        }
        if (next < groups.size()) {
            max = Math.min(max, groups.get(next).startNanos() - 1);
        }
        return new TimeRange(min, max);
    }

    /** The group that holds a timestamp; groups are in order of time and do not overlap. */
    static @Nullable ShardGroup find(long timestampNanos, List<ShardGroup> groups) {
        int next = indexBehind(timestampNanos, groups);
        if (next == 0) {
            return null;
        }
        ShardGroup candidate = groups.get(next - 1);
        return timestampNanos < candidate.endNanos() ? candidate : null;
    }

    /** Index of the first group that starts behind the timestamp. */
    static int indexBehind(long timestampNanos, List<ShardGroup> groups) {
        int low = 0;
        int high = groups.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (groups.get(middle).startNanos() <= timestampNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
