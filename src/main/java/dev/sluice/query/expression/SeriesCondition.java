package dev.sluice.query.expression;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.VarRef;

/** What the tags of a series alone say of a condition: all its rows fulfil it, none does, or each must be looked at. */
public enum SeriesCondition {
    ALL,
    NONE,
    SOME;

    /**
     * Looks at the tags that {@code row} has.
     *
     * @param row positioned at a series; no batch is needed
     */
    public static SeriesCondition of(Expression condition, BatchRow row) {
        if (condition instanceof ParenExpression paren) {
            return of(paren.inner(), row);
        }
        if (condition instanceof BooleanLiteral bool) {
            return bool.value() ? ALL : NONE;
        }
        if (condition instanceof BinaryExpression binary && binary.operator().isLogical()) {
            SeriesCondition left = of(binary.left(), row);
            SeriesCondition right = of(binary.right(), row);
            return binary.operator() == BinaryOperator.AND ? and(left, right) : or(left, right);
        }
        if (needsRows(condition, row)) {
            return SOME;
        }
        return Evaluator.isTrue(condition, row) ? ALL : NONE;
    }

    private static SeriesCondition and(SeriesCondition left, SeriesCondition right) {
        if (left == NONE || right == NONE) {
            return NONE;
        }
        return left == ALL ? right : left;
    }

    private static SeriesCondition or(SeriesCondition left, SeriesCondition right) {
        if (left == ALL || right == ALL) {
            return ALL;
        }
        return left == NONE ? right : left;
    }

    private static boolean needsRows(Expression expression, BatchRow row) {
        if (expression instanceof VarRef reference) {
            return !row.isTag(reference);
        }
        if (expression instanceof ParenExpression paren) {
            return needsRows(paren.inner(), row);
        }
        if (expression instanceof BinaryExpression binary) {
            return needsRows(binary.left(), row) || needsRows(binary.right(), row);
        }
        return expression instanceof Call;
    }
}
