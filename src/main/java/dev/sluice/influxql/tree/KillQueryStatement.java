package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * KILL QUERY.
 *
 * @param queryId as SHOW QUERIES prints it
 * @param host behind ON, which a single server ignores; or null
 */
public record KillQueryStatement(long queryId, @Nullable String host) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
