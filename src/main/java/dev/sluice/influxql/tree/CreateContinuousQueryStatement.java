package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/** CREATE CONTINUOUS QUERY. */
public record CreateContinuousQueryStatement(
        String name,
        String database,
        SelectStatement select,
        @Nullable Long resampleEveryNanos,
        @Nullable Long resampleForNanos)
        implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
