package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.query.QueryException;
import dev.sluice.query.function.ArgumentScope;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.Function;
import dev.sluice.query.function.FunctionRegistry;
import java.util.List;

/** Refuses statements whose columns do not go together, with InfluxDB's texts. */
final class SelectChecks implements ArgumentScope {

    private final SelectStatement statement;
    private final boolean groupsByTime;
    private final boolean inheritsInterval;

    SelectChecks(SelectStatement statement, boolean groupsByTime, boolean inheritsInterval) {
        this.statement = statement;
        this.groupsByTime = groupsByTime;
        this.inheritsInterval = inheritsInterval;
    }

    /**
     * Checks the statement.
     *
     * @param calls every call of its columns that is in no other call
     */
    void check(List<Call> calls) {
        boolean onlyTime = statement.fields().stream()
                .allMatch(field -> field.expression() instanceof VarRef reference
                        && reference.name().equals("time"));
        if (onlyTime) {
            throw new QueryException("at least 1 non-time field must be queried");
        }
        for (Call call : calls) {
            checkCall(call);
        }
        if (calls.isEmpty()) {
            if (groupsByTime) {
                throw new QueryException("GROUP BY requires at least one aggregate function");
            }
            return;
        }
        boolean hasReferences = statement.fields().stream().anyMatch(SelectChecks::showsReference);
        if (!hasReferences) {
            return;
        }
        boolean selectorsOnly = calls.stream().allMatch(call -> isSelector(FunctionRegistry.find(call.name())));
        if (!selectorsOnly) {
            throw new QueryException("mixing aggregate and non-aggregate queries is not supported");
        }
        if (calls.size() > 1) {
            throw new QueryException("mixing multiple selector functions with tags or fields is not supported");
        }
    }

    private static boolean showsReference(SelectField field) {
        Expression expression = field.expression();
        if (expression instanceof Wildcard || expression instanceof RegexLiteral) {
            return true;
        }
        return Expressions.references(expression).stream()
                .anyMatch(reference -> !reference.name().equals("time"));
    }

    private static boolean isSelector(Function function) {
        return function instanceof BucketFunction bucket && bucket.kind() != BucketFunction.Kind.AGGREGATE;
    }

    private static void refuseUnknown(Call call) {
        if (FunctionRegistry.find(call.name()) == null) {
            throw new QueryException("undefined function " + call.name() + "()");
        }
    }

    private void checkCall(Call call) {
        refuseUnknown(call);
        Function function = FunctionRegistry.find(call.name());
        function.checkArguments(call, this);
        if (!(function instanceof BucketFunction bucket) || !bucket.commutes()) {
            throw new QueryException(call.name() + "() is not supported yet");
        }
    }

    @Override
    public boolean groupsByTime() {
        return groupsByTime || inheritsInterval;
    }

    @Override
    public boolean inheritsInterval() {
        return inheritsInterval;
    }

    @Override
    public int limit() {
        return statement.limit();
    }

    @Override
    public void checkField(String function, Expression argument) {
        boolean field = argument instanceof VarRef || argument instanceof Wildcard || argument instanceof RegexLiteral;
        if (!field) {
            throw new QueryException("expected field argument in " + function + "()");
        }
    }

    @Override
    public void checkNested(Call inner) {
        checkCall(inner);
    }

    @Override
    public void noteAuxiliary() {
        // Nothing follows from it here.
    }
}
