package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * {@code *}, {@code *::field} or {@code *::tag}.
 *
 * @param kind what it is limited to; null for both
 */
public record Wildcard(@Nullable Kind kind) implements Expression {

    /** What a wildcard may be limited to. */
    public enum Kind {
        FIELD,
        TAG
    }

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
