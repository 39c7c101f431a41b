package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW SERIES. */
public record ShowSeriesStatement(
        @Nullable String database,
        List<Measurement> sources,
        @Nullable Expression condition,
        List<SortField> sortFields,
        int limit,
        int offset)
        implements Statement {

    public ShowSeriesStatement {
        sources = List.copyOf(sources);
        sortFields = List.copyOf(sortFields);
    }

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
