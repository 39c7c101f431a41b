package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW TAG KEYS. */
public record ShowTagKeysStatement(
        @Nullable String database,
        List<Measurement> sources,
        @Nullable TagKeyFilter keys,
        @Nullable Expression condition,
        List<SortField> sortFields,
        int limit,
        int offset,
        int seriesLimit,
        int seriesOffset)
        implements Statement {

    public ShowTagKeysStatement {
        sources = List.copyOf(sources);
        sortFields = List.copyOf(sortFields);
    }

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
