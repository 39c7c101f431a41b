package dev.sluice.query.operator;

import org.jspecify.annotations.Nullable;

/**
 * What one call yields for one group, in the order of the result. Several points may have the same time.
 *
 * @param times of the points
 * @param values {@link Double}, {@link Long}, {@link String}, {@link Boolean}, or null for a point without a value
 * @param auxiliary what is shown of each selected point beside its value; null when nothing is, or not of any point
 */
record CallPoints(
        long[] times, @Nullable Object[] values, @Nullable Object @Nullable [][] auxiliary) {

    /** A point, and what is made of it until it is in a column of the result. */
    static final long POINT_BYTES = 56;

    static final CallPoints NONE = new CallPoints(new long[0], new Object[0], null);

    int size() {
        return times.length;
    }

    @Nullable
    Object auxiliary(int point, int position) {
        if (auxiliary == null) {
            return null;
        }
        Object[] shown = auxiliary[point];
        return shown == null ? null : shown[position];
    }
}
