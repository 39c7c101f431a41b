package dev.sluice.query.explain;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.SeriesCondition;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the fields that have to be read to tell whether rows of a series fulfil a condition. */
final class ConditionFields {

    private ConditionFields() {}

    /**
     * Their names.
     *
     * @param row positioned at the series
     */
    static Set<String> of(Expression condition, BatchRow row) {
        Set<String> found = new LinkedHashSet<>();
        collect(condition, row, found);
        return found;
    }

    private static void collect(Expression condition, BatchRow row, Set<String> found) {
        if (condition instanceof ParenExpression paren) {
            collect(paren.inner(), row, found);
        } else if (condition instanceof BinaryExpression binary
                && binary.operator().isLogical()) {
            if (SeriesCondition.of(binary, row) == SeriesCondition.SOME) {
                collect(binary.left(), row, found);
                collect(binary.right(), row, found);
            }
        } else {
            references(condition, row, found);
        }
    }

    private static void references(Expression expression, BatchRow row, Set<String> found) {
        if (expression instanceof VarRef reference && !row.isTag(reference)) {
            found.add(reference.name());
        } else if (expression instanceof ParenExpression paren) {
            references(paren.inner(), row, found);
        } else if (expression instanceof BinaryExpression binary) {
            references(binary.left(), row, found);
            references(binary.right(), row, found);
        } else if (expression instanceof Call call) {
            call.arguments().forEach(argument -> references(argument, row, found));
        }
    }
}
