package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW FIELD KEYS. */
public record ShowFieldKeysStatement(
        @Nullable String database, List<Measurement> sources, List<SortField> sortFields, int limit, int offset)
        implements Statement {

    public ShowFieldKeysStatement {
        sources = List.copyOf(sources);
        sortFields = List.copyOf(sortFields);
    }

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
