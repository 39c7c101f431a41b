package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A function that turns an ordered run of points into another one: transformations, predictors, and {@code integral},
 * which needs to see across the edges of buckets. Its input is a field or, under GROUP BY time(), another call.
 */
public non-sealed interface StreamFunction extends Function {

    /**
     * The type of the result for a type of the input.
     *
     * @return null when the function does not take the type ({@code unsupported label iterator type: …})
     */
    @Nullable
    FieldType resultType(FieldType input);

    /** The name in the error for a type it does not take. */
    default String typeErrorLabel() {
        return name().replace('_', ' ');
    }

    /** How many buckets before the statement's range it needs to see, so that the first bucket has a predecessor. */
    default int extraBuckets(Call call) {
        return 0;
    }

    /** Whether its results may stand outside the statement's range (forecasts). */
    default boolean leavesRange() {
        return false;
    }

    /** State for one output series after the other. */
    StreamTransform newTransform(FieldType input, CallSetting setting);
}
