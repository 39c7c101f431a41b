package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.query.QueryException;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.MathFunction;

/** Refuses calls in WHERE that are not of functions of a single row, with InfluxDB's texts. */
final class ConditionChecks {

    private ConditionChecks() {}

    static void check(Expression condition) {
        if (condition instanceof ParenExpression paren) {
            check(paren.inner());
        } else if (condition instanceof BinaryExpression binary) {
            check(binary.left());
            check(binary.right());
        } else if (condition instanceof Call call) {
            if (!(FunctionRegistry.find(call.name()) instanceof MathFunction function)) {
                throw new QueryException("invalid function call in condition: " + call);
            }
            int got = call.arguments().size();
            if (got != function.arityInCondition()) {
                throw new QueryException("invalid number of arguments for " + call.name() + ", expected "
                        + function.arityInCondition() + ", got " + got);
            }
            call.arguments().forEach(ConditionChecks::check);
        }
    }
}
