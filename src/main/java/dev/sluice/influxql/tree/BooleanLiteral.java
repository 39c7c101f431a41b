package dev.sluice.influxql.tree;

/** {@code true} or {@code false}. */
public record BooleanLiteral(boolean value) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
