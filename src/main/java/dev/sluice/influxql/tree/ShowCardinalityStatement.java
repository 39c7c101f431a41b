package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHOW … [EXACT] CARDINALITY, of whatever is counted.
 *
 * @param subject what is counted
 * @param exact whether EXACT was written
 * @param database behind ON, or null
 * @param sources behind FROM, possibly none
 * @param keys WITH KEY, present only for tag values
 * @param condition or null
 * @param dimensions behind GROUP BY
 * @param limit most rows, 0 for no limit
 * @param offset rows left out first
 */
public record ShowCardinalityStatement(
        Subject subject,
        boolean exact,
        @Nullable String database,
        List<Measurement> sources,
        @Nullable TagKeyFilter keys,
        @Nullable Expression condition,
        List<Expression> dimensions,
        int limit,
        int offset)
        implements Statement {

    public ShowCardinalityStatement {
        sources = List.copyOf(sources);
        dimensions = List.copyOf(dimensions);
    }

    /**
     * Whether this is answered by counting. Otherwise it is an estimate over the whole database, which only series and
     * measurements have, and which EXACT and every clause turn into counting.
     */
    public boolean isCounted() {
        return exact
                || (subject != Subject.SERIES && subject != Subject.MEASUREMENT)
                || !sources.isEmpty()
                || condition != null
                || !dimensions.isEmpty()
                || limit > 0
                || offset > 0;
    }

    /** What can be counted. */
    public enum Subject {
        SERIES,
        MEASUREMENT,
        TAG_KEY,
        TAG_VALUES,
        FIELD_KEY
    }

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
