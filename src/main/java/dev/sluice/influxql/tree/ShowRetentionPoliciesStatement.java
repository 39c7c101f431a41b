package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/** SHOW RETENTION POLICIES. */
public record ShowRetentionPoliciesStatement(@Nullable String database) implements Statement {

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
