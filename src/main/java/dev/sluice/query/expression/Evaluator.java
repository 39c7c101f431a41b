package dev.sluice.query.expression;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.UnsignedLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.function.MathFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values and types of expressions. An operation with an absent operand has no value; a division by zero gives zero, and a
 * quotient of integers is a float, as in InfluxDB ("Mathematical operators", 1.x).
 */
public final class Evaluator {

    private Evaluator() {}

    /** The value of an expression in the current row, or null. */
    public static @Nullable Object evaluate(Expression expression, RowValues row) {
        return evaluate(expression, row, false);
    }

    private static @Nullable Object evaluate(Expression expression, RowValues row, boolean inCondition) {
        if (expression instanceof VarRef) {
            return row.value(expression);
        }
        if (expression instanceof Call call) {
            MathFunction function = MathCalls.find(call);
            return function == null ? row.value(call) : MathCalls.evaluate(function, call, row);
        }
        if (expression instanceof ParenExpression paren) {
            return evaluate(paren.inner(), row, inCondition);
        }
        if (expression instanceof BinaryExpression binary) {
            return evaluate(binary, row, inCondition);
        }
        return literal(expression);
    }

    private static @Nullable Object literal(Expression expression) {
        if (expression instanceof NumberLiteral number) {
            return number.value();
        }
        if (expression instanceof IntegerLiteral integer) {
            return integer.value();
        }
        if (expression instanceof UnsignedLiteral unsigned) {
            return unsigned.value();
        }
        if (expression instanceof StringLiteral text) {
            return text.value();
        }
        if (expression instanceof BooleanLiteral bool) {
            return bool.value();
        }
        // A duration has no value beside fields, only beside times.
        return null;
    }

    private static @Nullable Object evaluate(BinaryExpression binary, RowValues row, boolean inCondition) {
        BinaryOperator operator = binary.operator();
        if (operator == BinaryOperator.AND) {
            return isTrue(binary.left(), row) && isTrue(binary.right(), row);
        }
        if (operator == BinaryOperator.OR) {
            return isTrue(binary.left(), row) || isTrue(binary.right(), row);
        }
        Object left = evaluate(binary.left(), row, inCondition);
        if (left == null) {
            return null;
        }
        if (binary.right() instanceof RegexLiteral regex) {
            if (!(left instanceof String text)) {
                return null;
            }
            return regex.pattern().matcher(text).find() == (operator == BinaryOperator.REGEX_MATCH);
        }
        Object right = evaluate(binary.right(), row, inCondition);
        if (right == null) {
            return null;
        }
        boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.MODULO;
        if (divides && left instanceof Long one && right instanceof Long other) {
            if (other == 0) {
                return operator == BinaryOperator.DIVIDE && !inCondition ? (Object) 0.0 : (Object) 0L;
            }
            if (isUnsigned(binary, row)) {
                return operator == BinaryOperator.DIVIDE
                        ? Long.divideUnsigned(one, other)
                        : Long.remainderUnsigned(one, other);
            }
            if (inCondition && operator == BinaryOperator.DIVIDE) {
                // In WHERE the quotient of integers is an integer, unlike in the columns.
                return one / other;
            }
        }
        if (operator.isComparison() && left instanceof Long one && right instanceof Long other) {
            boolean unsignedLeft = isUnsigned(binary.left(), row);
            boolean unsignedRight = isUnsigned(binary.right(), row);
            if (unsignedLeft || unsignedRight) {
                // A negative number that is signed is less than every unsigned one.
                int order = !unsignedLeft && one < 0
                        ? -1
                        : !unsignedRight && other < 0 ? 1 : Long.compareUnsigned(one, other);
                return ofLongs(operator, order, 0);
            }
        }
        return combine(operator, left, right);
    }

    /** Whether a condition holds; what has no value does not hold. */
    public static boolean isTrue(Expression condition, RowValues row) {
        return Boolean.TRUE.equals(evaluate(condition, row, true));
    }

    private static boolean isUnsigned(Expression expression, RowValues row) {
        return expression instanceof UnsignedLiteral || type(expression, row) == FieldType.UNSIGNED;
    }

    private static boolean isUnsigned(BinaryExpression binary, RowValues row) {
        return type(binary.left(), row) == FieldType.UNSIGNED || type(binary.right(), row) == FieldType.UNSIGNED;
    }

    private static @Nullable Object combine(BinaryOperator operator, Object left, Object right) {
        if (left instanceof Long one && right instanceof Long other) {
            return ofLongs(operator, one, other);
        }
        if (left instanceof Number one && right instanceof Number other) {
            return ofDoubles(operator, one.doubleValue(), other.doubleValue());
        }
        if (left instanceof Boolean one && right instanceof Boolean other) {
            return switch (operator) {
                case EQUAL -> one.equals(other);
                case NOT_EQUAL -> !one.equals(other);
                case BITWISE_AND -> one & other;
                case BITWISE_OR -> one | other;
                case BITWISE_XOR -> one ^ other;
                default -> null;
            };
        }
        if (left instanceof String one && right instanceof String other) {
            return switch (operator) {
                case EQUAL -> one.equals(other);
                case NOT_EQUAL -> !one.equals(other);
                default -> null;
            };
        }
        return null;
    }

    private static @Nullable Object ofLongs(BinaryOperator operator, long left, long right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? 0.0 : (double) left / (double) right;
            case MODULO -> right == 0 ? 0L : left % right;
            case BITWISE_AND -> left & right;
            case BITWISE_OR -> left | right;
            case BITWISE_XOR -> left ^ right;
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            default -> null;
        };
    }

    private static @Nullable Object ofDoubles(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? 0.0 : left / right;
            case MODULO -> left % right;
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            default -> null;
        };
    }

    /** The type of an expression's values; null when it can have none. */
    public static @Nullable FieldType type(Expression expression, RowValues row) {
        if (expression instanceof VarRef) {
            return row.type(expression);
        }
        if (expression instanceof Call call) {
            MathFunction function = MathCalls.find(call);
            return function == null ? row.type(call) : MathCalls.type(function, call, row);
        }
        if (expression instanceof ParenExpression paren) {
            return type(paren.inner(), row);
        }
        if (expression instanceof BinaryExpression binary) {
            FieldType left = type(binary.left(), row);
            FieldType right = type(binary.right(), row);
            return left == null || right == null ? null : type(binary.operator(), left, right);
        }
        Object literal = literal(expression);
        if (literal instanceof Double) {
            return FieldType.FLOAT;
        }
        if (literal instanceof Long) {
            return FieldType.INTEGER;
        }
        if (literal instanceof String) {
            return FieldType.STRING;
        }
        return literal instanceof Boolean ? FieldType.BOOLEAN : null;
    }

    private static @Nullable FieldType type(BinaryOperator operator, FieldType left, FieldType right) {
        if (operator.isComparison() || operator.isLogical()) {
            return FieldType.BOOLEAN;
        }
        if (left == FieldType.BOOLEAN && right == FieldType.BOOLEAN) {
            return FieldType.BOOLEAN;
        }
        if (!left.isNumeric() || !right.isNumeric()) {
            return null;
        }
        if (left == FieldType.FLOAT || right == FieldType.FLOAT) {
            return FieldType.FLOAT;
        }
        boolean unsigned = left == FieldType.UNSIGNED || right == FieldType.UNSIGNED;
        if (operator == BinaryOperator.DIVIDE && !unsigned) {
            return FieldType.FLOAT;
        }
        return left == FieldType.UNSIGNED || right == FieldType.UNSIGNED ? FieldType.UNSIGNED : FieldType.INTEGER;
    }
}
