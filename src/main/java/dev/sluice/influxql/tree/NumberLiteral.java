package dev.sluice.influxql.tree;

/** A literal with a decimal point. */
public record NumberLiteral(double value) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
