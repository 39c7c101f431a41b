package dev.sluice.query.operator;

import dev.sluice.influxql.tree.Fill;
import dev.sluice.model.FieldType;
import dev.sluice.query.MemoryAccount;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts points in the place of absent ones ("GROUP BY time intervals and fill()", 1.x). */
final class Filling {

    private Filling() {}

    /**
     * Fills the points of one call: one for each bucket of the grid. A call without any point stays so.
     *
     * @param type of the results
     * @param zeroWhenEmpty whether an empty bucket has zero, not null, unless the statement says otherwise
     * @param memory where the starts of buckets are noted
     * @param held grows by the points before they are made
     */
    static CallPoints fill(
            Fill fill,
            BucketGrid grid,
            CallPoints points,
            FieldType type,
            boolean zeroWhenEmpty,
            MemoryAccount memory,
            MemoryAccount.Buffer held) {
        if (fill.kind() == Fill.Kind.NONE || points.size() == 0) {
            return points;
        }
        long[] starts = grid.starts(points.times()[grid.ascending() ? 0 : points.size() - 1], memory);
        if (liesOutside(points.times(), starts, grid.ascending())) {
            starts = withPointsBefore(points.times(), starts, grid.ascending());
        }
        if (starts.length == points.size()) {
            return points;
        }
        held.grow(starts.length * CallPoints.POINT_BYTES);
        Object[] values = new Object[starts.length];
        boolean[] present = new boolean[starts.length];
        Object[][] auxiliary = points.auxiliary() == null ? null : new Object[starts.length][];
        int next = 0;
        for (int row = 0; row < starts.length && next < points.size(); row++) {
            if (points.times()[next] == starts[row]) {
                values[row] = points.values()[next];
                present[row] = true;
                if (auxiliary != null) {
                    auxiliary[row] = points.auxiliary()[next];
                }
                next++;
            }
        }
        switch (fill.kind()) {
            case NULL -> replaceAbsent(values, present, zeroWhenEmpty ? 0L : null);
            case NUMBER -> replaceAbsent(values, present, number(fill, type));
            case PREVIOUS -> {
                for (int i = 1; i < values.length; i++) {
                    values[i] = present[i] ? values[i] : values[i - 1];
                }
            }
            case LINEAR -> interpolate(starts, values, present, grid.intervalNanos());
            case NONE -> throw new IllegalStateException("nothing is filled");
        }
        return new CallPoints(starts, values, auxiliary);
    }

    private static boolean liesOutside(long[] times, long[] starts, boolean ascending) {
        return starts.length == 0
                || isBefore(times[0], starts[0], ascending)
                || isBefore(starts[starts.length - 1], times[times.length - 1], ascending);
    }

    /**
     * The times of all rows when points lie before the first bucket, as those of an inner statement with other buckets do. As in
     * InfluxDB, each of them takes the place of a bucket from the beginning of the range on that has no point.
     */
    private static long[] withPointsBefore(long[] times, long[] starts, boolean ascending) {
        long[] rows = new long[times.length + starts.length];
        int size = 0;
        int expected = 0;
        for (long time : times) {
            while (expected < starts.length && isBefore(starts[expected], time, ascending)) {
                rows[size++] = starts[expected++];
            }
            rows[size++] = time;
            expected++;
        }
        while (expected < starts.length) {
            rows[size++] = starts[expected++];
        }
        return Arrays.copyOf(rows, size);
    }

    private static boolean isBefore(long time, long start, boolean ascending) {
        return ascending ? time < start : time > start;
    }

    /** The number of {@code fill(number)} as a value of a type; null when the fill is another. */
    static @Nullable Object number(Fill fill, FieldType type) {
        Number value = fill.value();
        if (fill.kind() != Fill.Kind.NUMBER || value == null) {
            return null;
        }
        return switch (type) {
            case FLOAT -> (Object) value.doubleValue();
            case INTEGER, UNSIGNED -> (Object) value.longValue();
            case STRING -> "";
            case BOOLEAN -> false;
        };
    }

    private static void replaceAbsent(@Nullable Object[] values, boolean[] present, @Nullable Object replacement) {
        for (int i = 0; i < values.length; i++) {
            if (!present[i]) {
                values[i] = replacement;
            }
        }
    }

    /** Points without a value stay so, and nothing is drawn to or from them. */
    private static void interpolate(long[] times, @Nullable Object[] values, boolean[] present, long interval) {
        int known = -1;
        for (int i = 0; i < values.length; i++) {
            if (!present[i]) {
                continue;
            }
            if (known >= 0 && values[known] instanceof Number from && values[i] instanceof Number to) {
                for (int between = known + 1; between < i; between++) {
                    values[between] = between(times, known, i, between, from, to, interval);
                }
            }
            known = i;
        }
    }

    /** As InfluxDB counts in whole intervals and multiplies the slope, so do these, which decides the last digit. */
    private static Object between(
            long[] times, int known, int next, int wanted, Number from, Number to, long interval) {
        double width = times[next] / interval - times[known] / interval;
        double passed = times[wanted] / interval - times[known] / interval;
        if (from instanceof Long) {
            return (long) ((to.longValue() - from.longValue()) / width * passed + from.longValue());
        }
        return (to.doubleValue() - from.doubleValue()) / width * passed + from.doubleValue();
    }
}
