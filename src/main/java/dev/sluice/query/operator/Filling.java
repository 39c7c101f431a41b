package dev.sluice.query.operator;

import dev.sluice.influxql.tree.Fill;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of absent ones ("GROUP BY time intervals and fill()", 1.x). */
final class Filling {

    private Filling() {}

    /**
     * Fills the results of one call in the order of the rows.
     *
     * @param type of the results
     * @param zeroWhenEmpty whether an empty bucket has zero, not null, unless the statement says otherwise
     */
    static void apply(Fill fill, long[] times, @Nullable Object[] values, FieldType type, boolean zeroWhenEmpty) {
        switch (fill.kind()) {
            case NULL -> {
                if (zeroWhenEmpty) {
                    replaceAbsent(values, 0L);
                }
            }
            case NUMBER -> replaceAbsent(values, number(fill.value(), type));
            case PREVIOUS -> {
                for (int i = 1; i < values.length; i++) {
                    if (values[i] == null) {
                        values[i] = values[i - 1];
                    }
                }
            }
            case LINEAR -> interpolate(times, values);
            case NONE -> {
                // Empty buckets are no rows.
            }
        }
    }

    private static @Nullable Object number(@Nullable Number value, FieldType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case FLOAT -> value.doubleValue();
            case INTEGER, UNSIGNED -> value.longValue();
            case STRING, BOOLEAN -> null;
        };
    }

    private static void replaceAbsent(@Nullable Object[] values, @Nullable Object replacement) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = replacement;
            }
        }
    }

    private static void interpolate(long[] times, @Nullable Object[] values) {
        int known = -1;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                continue;
            }
            if (known >= 0 && values[known] instanceof Number from && values[i] instanceof Number to) {
                for (int between = known + 1; between < i; between++) {
                    values[between] = between(times, known, i, between, from, to);
                }
            }
            known = i;
        }
    }

    private static Object between(long[] times, int known, int next, int wanted, Number from, Number to) {
        double width = times[next] - times[known];
        double passed = times[wanted] - times[known];
        if (from instanceof Long) {
            double slope = (to.longValue() - from.longValue()) / width;
            return (long) (slope * passed + from.longValue());
        }
        double slope = (to.doubleValue() - from.doubleValue()) / width;
        return slope * passed + from.doubleValue();
    }
}
