package dev.sluice.influxql.condition;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.StringLiteral;
import org.jspecify.annotations.Nullable;

/**
 * What InfluxDB does to the WHERE of DELETE and of an inner SELECT before it looks for times in it: parts that are always or
 * never true fall away, and bounds of time with them. {@code true OR time > 5s} means everything.
 */
public final class ConstantConditions {

    private ConstantConditions() {}

    /** A condition without them; null for none. */
    public static @Nullable Expression folded(@Nullable Expression condition) {
        return condition == null ? null : fold(condition);
    }

    private static Expression fold(Expression condition) {
        if (condition instanceof ParenExpression paren) {
            Expression inner = fold(paren.inner());
            return inner instanceof BooleanLiteral ? inner : new ParenExpression(inner);
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return condition;
        }
        if (binary.operator().isLogical()) {
            return join(binary.operator(), fold(binary.left()), fold(binary.right()));
        }
        Integer order = compare(binary.left(), binary.right());
        Boolean holds = order == null ? null : holds(binary.operator(), order);
        return holds == null ? condition : new BooleanLiteral(holds);
    }

    private static Expression join(BinaryOperator operator, Expression left, Expression right) {
        boolean decisive = operator == BinaryOperator.OR;
        if (left instanceof BooleanLiteral literal) {
            return literal.value() == decisive ? left : right;
        }
        if (right instanceof BooleanLiteral literal) {
            return literal.value() == decisive ? right : left;
        }
        return new BinaryExpression(operator, left, right);
    }

    private static @Nullable Boolean holds(BinaryOperator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> null;
        };
    }

    /** How two constants of a kind compare; null for anything else. */
    private static @Nullable Integer compare(Expression left, Expression right) {
        if (left instanceof IntegerLiteral one && right instanceof IntegerLiteral other) {
            return Long.compare(one.value(), other.value());
        }
        Double one = number(left);
        Double other = number(right);
        if (one != null && other != null) {
            return Double.compare(one, other);
        }
        return left instanceof StringLiteral text && right instanceof StringLiteral otherText
                ? (Integer) text.value().compareTo(otherText.value())
                : null;
    }

    private static @Nullable Double number(Expression expression) {
        if (expression instanceof IntegerLiteral integer) {
            return (double) integer.value();
        }
        return expression instanceof NumberLiteral number ? (Double) number.value() : null;
    }
}
