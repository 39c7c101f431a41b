package dev.sluice.influxql.tree;

/** Two operands and an operator. */
public record BinaryExpression(BinaryOperator operator, Expression left, Expression right) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
