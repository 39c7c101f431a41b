package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses operations between types that do not go together: bits of numbers with a fraction, and arithmetic with strings,
 * booleans and tags. The message prints operands with their types, as InfluxDB's does. What does not exist has no type,
 * and goes with everything.
 */
final class OperandTypes {

    private final PlanTypes types;

    OperandTypes(PlanTypes types) {
        this.types = types;
    }

    /** Checks an expression of a column; returns the name of its type, or null when it has none. */
    @Nullable
    String check(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            return check(paren.inner());
        }
        if (expression instanceof BinaryExpression binary) {
            String left = check(binary.left());
            String right = check(binary.right());
            if (left != null && right != null && !together(binary.operator(), left, right)) {
                throw new QueryException(
                        "type error: " + typed(binary) + ": incompatible types: " + left + " and " + right);
            }
        }
        return nameOf(expression);
    }

    private @Nullable String nameOf(Expression expression) {
        if (expression instanceof IntegerLiteral) {
            return "integer";
        }
        if (expression instanceof NumberLiteral) {
            return "float";
        }
        if (expression instanceof StringLiteral) {
            return "string";
        }
        if (expression instanceof BooleanLiteral) {
            return "boolean";
        }
        if (expression instanceof VarRef reference && types.isTag(reference)) {
            return "tag";
        }
        FieldType type = types.of(expression);
        return type == null ? null : type.influxName();
    }

    private static boolean together(BinaryOperator operator, String left, String right) {
        boolean bits = operator == BinaryOperator.BITWISE_AND
                || operator == BinaryOperator.BITWISE_OR
                || operator == BinaryOperator.BITWISE_XOR;
        if (left.equals("boolean") || right.equals("boolean")) {
            return bits && left.equals(right);
        }
        boolean numbers = isNumber(left) && isNumber(right);
        return numbers && !(bits && (left.equals("float") || right.equals("float")));
    }

    private static boolean isNumber(String type) {
        return type.equals("float") || type.equals("integer") || type.equals("unsigned");
    }

    /** A copy in which references tell their types. */
    private Expression typed(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            return new ParenExpression(typed(paren.inner()));
        }
        if (expression instanceof BinaryExpression binary) {
            return new BinaryExpression(binary.operator(), typed(binary.left()), typed(binary.right()));
        }
        if (expression instanceof Call call) {
            return new Call(
                    call.name(), call.arguments().stream().map(this::typed).toList());
        }
        if (expression instanceof VarRef reference && reference.type() == null) {
            if (types.isTag(reference)) {
                return new VarRef(reference.name(), DataType.TAG);
            }
            FieldType type = types.of(reference);
            return type == null ? reference : new VarRef(reference.name(), DataType.valueOf(type.name()));
        }
        return expression;
    }
}
