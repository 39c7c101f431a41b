package dev.sluice.influxql.condition;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * A WHERE clause taken apart.
 *
 * @param range the times it allows; an open side reaches to the end of time
 * @param hasMin whether it bounds time from below
 * @param hasMax whether it bounds time from above
 * @param remainder what it says besides; null when nothing
 */
public record TimeCondition(
        TimeRange range,
        boolean hasMin,
        boolean hasMax,
        @Nullable Expression remainder) {}
