package dev.sluice.influxql.tree;

/**
 * {@code DISTINCT field} written without parentheses.
 *
 * @param field the name behind the keyword
 */
public record Distinct(String field) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
