package dev.sluice.query.operator;

import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.function.PointSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Grows the points of one call. Not thread-safe. */
final class PointList {

    private static final long SHOWN_BYTES = 80;

    private long[] times = new long[16];
    private @Nullable Object[] values = new Object[16];
    private @Nullable Object @Nullable [][] auxiliary;
    private int size;

    void add(long time, @Nullable Object value, @Nullable Object @Nullable [] shown) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
            auxiliary = auxiliary == null ? null : Arrays.copyOf(auxiliary, size * 2);
        }
        times[size] = time;
        values[size] = value;
        if (shown != null) {
            if (auxiliary == null) {
                auxiliary = new Object[times.length][];
            }
            auxiliary[size] = shown;
        }
        size++;
    }

    /** Adds emitted points that show nothing beside their value. */
    void addAll(PointSink.Points points) {
        for (int i = 0; i < points.times().length(); i++) {
            add(points.times().get(i), BatchRow.valueOf(points.values(), i), null);
        }
    }

    /** What is beside each point is taken for a few fields. */
    long retainedSizeInBytes() {
        return size * (auxiliary == null ? CallPoints.POINT_BYTES : CallPoints.POINT_BYTES + SHOWN_BYTES);
    }

    CallPoints build() {
        return new CallPoints(
                Arrays.copyOf(times, size),
                Arrays.copyOf(values, size),
                auxiliary == null ? null : Arrays.copyOf(auxiliary, size));
    }
}
