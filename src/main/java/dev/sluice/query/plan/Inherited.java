package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.model.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an inner statement takes over from the one around it.
 *
 * @param range it reads nothing outside
 * @param schemaRange the range of the outermost statement, in which fields and tags exist or not
 * @param rangeStarts whether that range has a beginning somebody asked for
 * @param rangeEnds whether it has an end somebody asked for
 * @param dimensions tags it has to keep apart
 * @param time the outer {@code time(…)} of GROUP BY, for an inner one with calls and without its own; null for none
 * @param ascending order of time; null to decide for itself
 */
public record Inherited(
        TimeRange range,
        TimeRange schemaRange,
        boolean rangeStarts,
        boolean rangeEnds,
        List<String> dimensions,
        @Nullable Call time,
        @Nullable Boolean ascending) {

    /** Nothing: the statement is the outermost. */
    public static final Inherited NOTHING =
            new Inherited(TimeRange.ALL, TimeRange.ALL, false, false, List.of(), null, null);
}
