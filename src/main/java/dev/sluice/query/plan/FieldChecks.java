package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.query.QueryException;

/** Refuses wildcards within operations, with InfluxDB's texts. */
final class FieldChecks {

    private FieldChecks() {}

    static void check(Expression expression) {
        Expression inner = withoutParens(expression);
        if (inner instanceof BinaryExpression binary) {
            checkOperand(binary.left());
            checkOperand(binary.right());
        }
    }

    private static Expression withoutParens(Expression expression) {
        return expression instanceof ParenExpression paren ? withoutParens(paren.inner()) : expression;
    }

    private static void checkOperand(Expression expression) {
        Expression operand = withoutParens(expression);
        if (operand instanceof BinaryExpression binary) {
            checkOperand(binary.left());
            checkOperand(binary.right());
        } else if (operand instanceof Wildcard || operand instanceof RegexLiteral) {
            throw new QueryException("unable to use wildcard in a binary expression");
        } else if (operand instanceof Call call) {
            Expression read = innermost(call);
            if (read instanceof Wildcard) {
                throw new QueryException("unsupported expression with wildcard: " + call.name() + "()");
            }
            if (read instanceof RegexLiteral) {
                throw new QueryException("unsupported expression with regex field: " + call.name() + "()");
            }
        }
    }

    private static Expression innermost(Call call) {
        if (call.arguments().isEmpty()) {
            return call;
        }
        Expression first = call.arguments().get(0);
        return first instanceof Call inner ? innermost(inner) : first;
    }
}
