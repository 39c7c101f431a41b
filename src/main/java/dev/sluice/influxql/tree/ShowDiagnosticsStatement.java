package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/** SHOW DIAGNOSTICS [FOR …]. */
public record ShowDiagnosticsStatement(@Nullable String module) implements Statement {

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
