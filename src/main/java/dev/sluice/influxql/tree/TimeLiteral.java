package dev.sluice.influxql.tree;

/**
 * A point in time; never parsed, but made from strings, numbers and {@code now()} when conditions are evaluated.
 *
 * @param nanos since the epoch
 */
public record TimeLiteral(long nanos) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
