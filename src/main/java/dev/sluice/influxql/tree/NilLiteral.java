package dev.sluice.influxql.tree;

/** The absent value that evaluation may leave behind; never parsed. */
public record NilLiteral() implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
