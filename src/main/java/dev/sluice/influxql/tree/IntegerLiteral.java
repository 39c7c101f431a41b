package dev.sluice.influxql.tree;

/** A whole number that fits 64 bits with sign. */
public record IntegerLiteral(long value) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
