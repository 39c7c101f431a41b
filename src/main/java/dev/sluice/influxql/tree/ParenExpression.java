package dev.sluice.influxql.tree;

/** An expression in parentheses, kept because canonical text prints them. */
public record ParenExpression(Expression inner) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
