package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW TAG VALUES. */
public record ShowTagValuesStatement(
        @Nullable String database,
        List<Measurement> sources,
        TagKeyFilter keys,
        @Nullable Expression condition,
        List<SortField> sortFields,
        int limit,
        int offset)
        implements Statement {

    public ShowTagValuesStatement {
        sources = List.copyOf(sources);
        sortFields = List.copyOf(sortFields);
    }

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
