package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/** SHOW STATS [FOR …]. */
public record ShowStatsStatement(@Nullable String module) implements Statement {

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
