package dev.sluice.influxql.tree;

/**
 * A text in single quotes.
 *
 * @param value unescaped
 */
public record StringLiteral(String value) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
