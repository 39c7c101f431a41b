package dev.sluice.influxql.tree;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SELECT.
 *
 * @param fields in order, at least one
 * @param target of INTO, or null
 * @param sources at least one
 * @param condition behind WHERE, or null
 * @param dimensions behind GROUP BY
 * @param fill what empty buckets become
 * @param sortFields behind ORDER BY, empty for the default (ascending)
 * @param limit most rows per series, 0 for no limit
 * @param offset rows per series left out first
 * @param seriesLimit most series, 0 for no limit
 * @param seriesOffset series left out first
 * @param zone of {@code tz()}, or null for UTC
 */
public record SelectStatement(
        List<SelectField> fields,
        @Nullable Measurement target,
        List<Source> sources,
        @Nullable Expression condition,
        List<Expression> dimensions,
        Fill fill,
        List<SortField> sortFields,
        int limit,
        int offset,
        int seriesLimit,
        int seriesOffset,
        @Nullable ZoneId zone)
        implements Statement {

    public SelectStatement {
        fields = List.copyOf(fields);
        sources = List.copyOf(sources);
        dimensions = List.copyOf(dimensions);
        sortFields = List.copyOf(sortFields);
    }

    /** Whether rows are asked for in ascending order of time. */
    public boolean ascending() {
        return sortFields.isEmpty() || sortFields.get(0).ascending();
    }

    @Override
    public String toString() {
        return SelectFormatter.format(this);
    }
}
