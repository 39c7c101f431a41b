package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * A reference to a field or tag, or to {@code time}.
 *
 * @param name as written, unquoted; dotted segments joined by dots
 * @param type the cast behind {@code ::}, or the type found out later; null when open
 */
public record VarRef(String name, @Nullable DataType type) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
