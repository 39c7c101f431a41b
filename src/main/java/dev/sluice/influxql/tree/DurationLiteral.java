package dev.sluice.influxql.tree;

/**
 * A duration such as {@code 1h30m}.
 *
 * @param nanos its length in nanoseconds, possibly negative
 */
public record DurationLiteral(long nanos) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
