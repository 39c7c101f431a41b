package dev.sluice.influxql.tree;

/**
 * A whole number above the signed range that fits 64 bits.
 *
 * @param value the 64 bits
 */
public record UnsignedLiteral(long value) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
