package dev.sluice.influxql.tree;

import java.util.List;

/** A list of identifiers in parentheses ({@code WITH KEY IN (…)}). */
public record ListLiteral(List<String> values) implements Expression {

    public ListLiteral {
        values = List.copyOf(values);
    }

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
