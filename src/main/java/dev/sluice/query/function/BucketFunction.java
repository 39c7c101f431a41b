package dev.sluice.query.function;

import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** A function of the points of one bucket: an aggregate or a selector. */
public non-sealed interface BucketFunction extends Function {

    /** What the result of a bucket is and what may stand beside the call. */
    enum Kind {
        /** A value computed from all points; raw fields may not be selected beside it. */
        AGGREGATE,
        /** One of the points; alone in a statement it keeps the point's time and other fields of the point may be selected. */
        SELECTOR,
        /**
         * Several of the points, which keep their times even in buckets ({@code sample}). Empty buckets are never
         * filled.
         */
        MULTI_SELECTOR,
        /** Like {@link #MULTI_SELECTOR}, and no other call may stand beside it ({@code top}, {@code bottom}). */
        RANKING,
        /** Several values per bucket at the bucket's time, nothing else beside it, never filled ({@code distinct}). */
        DISTINCT
    }

    Kind kind();

    /**
     * The type of the result for a type of the argument.
     *
     * @return null when the function does not take the type ({@code unsupported name iterator type: …})
     */
    @Nullable
    FieldType resultType(FieldType argument);

    /** Which of a series' points in a bucket can be the result. */
    enum Deciding {
        /** Any of them. */
        ANY,
        EARLIEST,
        LATEST
    }

    /** Which points of a series must be seen. */
    default Deciding deciding() {
        return Deciding.ANY;
    }

    /** The name in the error for a type it does not take. */
    default String typeErrorLabel() {
        return name();
    }

    /** Whether empty buckets become 0 and not null under the default fill (count). */
    default boolean zeroWhenEmpty() {
        return false;
    }

    /**
     * Whether partial results commute, so that points may come in any order and several buckets be open at once; then
     * {@link #newSlots} is asked, else {@link #newOrdered}.
     */
    boolean commutes();

    /** State for many buckets at once. Asked only when {@link #commutes()}. */
    default SlotAccumulator newSlots(FieldType argument, CallSetting setting) {
        throw new IllegalStateException(name() + " does not commute");
    }

    /** State for one bucket after the other. Asked only when not {@link #commutes()}. */
    default OrderedAccumulator newOrdered(FieldType argument, CallSetting setting) {
        throw new IllegalStateException(name() + " commutes");
    }
}
