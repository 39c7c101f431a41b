package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.ParenExpression;
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
import dev.sluice.query.function.MathFunction;
import dev.sluice.query.function.StreamFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses statements whose columns do not go together, with InfluxDB's texts. */
final class SelectChecks implements ArgumentScope {

    private final SelectStatement statement;
    private final List<SelectField> fields;
    private final boolean groupsByTime;
    private final boolean inheritsInterval;
    private boolean readsAuxiliary;

    /** Whether the column that is checked may have wildcards where it is checked: not within operations. */
    private boolean allowsWildcards;

    SelectChecks(SelectStatement statement, List<SelectField> fields, boolean groupsByTime, boolean inheritsInterval) {
        this.statement = statement;
        this.fields = fields;
        this.groupsByTime = groupsByTime;
        this.inheritsInterval = inheritsInterval;
    }

    /**
     * Checks the statement.
     *
     * @param calls every call of its columns that is in no other call
     */
    void check(List<Call> calls) {
        boolean onlyTime = fields.stream()
                .allMatch(field -> field.expression() instanceof VarRef reference
                        && reference.name().equals("time"));
        if (onlyTime) {
            throw new QueryException("at least 1 non-time field must be queried");
        }
        for (SelectField field : fields) {
            allowsWildcards = true;
            checkExpression(field.expression());
            if (!hasVariable(field.expression())) {
                throw new QueryException("field must contain at least one variable");
            }
        }
        if (calls.isEmpty()) {
            checkRaw();
            return;
        }
        List<Call> all = new ArrayList<>(calls);
        calls.forEach(call -> addNested(call, all));
        for (Call call : all) {
            if (kind(call) == BucketFunction.Kind.RANKING && all.size() > 1) {
                throw new QueryException(
                        "selector function " + call.name() + "() cannot be combined with other functions");
            }
        }
        boolean hasReferences = readsAuxiliary || fields.stream().anyMatch(SelectChecks::showsReference);
        for (Call call : calls) {
            if (kind(call) == BucketFunction.Kind.DISTINCT && (calls.size() > 1 || hasReferences)) {
                throw new QueryException(
                        "aggregate function distinct() cannot be combined with other functions or fields");
            }
        }
        if (!hasReferences) {
            return;
        }
        if (!calls.stream().allMatch(SelectChecks::isSelector)) {
            throw new QueryException("mixing aggregate and non-aggregate queries is not supported");
        }
        if (calls.size() > 1) {
            throw new QueryException("mixing multiple selector functions with tags or fields is not supported");
        }
    }

    /** Adds the calls inside a transformation. */
    private static void addNested(Call call, List<Call> target) {
        if (FunctionRegistry.of(call) instanceof StreamFunction
                && call.arguments().get(0) instanceof Call inner) {
            target.add(inner);
            addNested(inner, target);
        }
    }

    private void checkRaw() {
        Fill.Kind fill = statement.fill().kind();
        if (fill == Fill.Kind.NONE || fill == Fill.Kind.LINEAR) {
            throw new QueryException(
                    "fill(" + (fill == Fill.Kind.NONE ? "none" : "linear") + ") must be used with a function");
        }
        if (groupsByTime) {
            throw new QueryException("GROUP BY requires at least one aggregate function");
        }
    }

    private static boolean hasVariable(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            return hasVariable(paren.inner());
        }
        if (expression instanceof BinaryExpression binary) {
            return hasVariable(binary.left()) || hasVariable(binary.right());
        }
        if (expression instanceof Call call && Expressions.isMath(call)) {
            return call.arguments().stream().anyMatch(SelectChecks::hasVariable);
        }
        return expression instanceof VarRef
                || expression instanceof Call
                || expression instanceof Wildcard
                || expression instanceof RegexLiteral;
    }

    private void checkExpression(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            checkExpression(paren.inner());
        } else if (expression instanceof BinaryExpression binary) {
            allowsWildcards = false;
            checkExpression(binary.left());
            checkExpression(binary.right());
        } else if (isWildcard(expression) && !allowsWildcards) {
            throw new QueryException("unable to use wildcard in a binary expression");
        } else if (expression instanceof Call call && Expressions.isMath(call)) {
            FunctionRegistry.of(call).checkArguments(call, this);
            call.arguments().forEach(this::checkExpression);
        } else if (expression instanceof Call call) {
            checkCall(call);
        }
    }

    private static boolean isWildcard(Expression expression) {
        return expression instanceof Wildcard || expression instanceof RegexLiteral;
    }

    private static boolean showsReference(SelectField field) {
        Expression expression = field.expression();
        if (isWildcard(expression)) {
            return true;
        }
        return Expressions.references(expression).stream()
                .anyMatch(reference -> !reference.name().equals("time"));
    }

    private static BucketFunction.@Nullable Kind kind(Call call) {
        return FunctionRegistry.of(call) instanceof BucketFunction bucket ? bucket.kind() : null;
    }

    private static boolean isSelector(Call call) {
        BucketFunction.Kind kind = kind(call);
        // Of several fields there is no single point that anything could stand beside.
        boolean ofOneField =
                call.arguments().isEmpty() || !isWildcard(call.arguments().get(0));
        return ofOneField && (kind == BucketFunction.Kind.SELECTOR || kind == BucketFunction.Kind.MULTI_SELECTOR)
                || kind == BucketFunction.Kind.RANKING;
    }

    private void checkCall(Call call) {
        Function function = FunctionRegistry.find(call.name());
        if (function == null || function instanceof MathFunction) {
            throw new QueryException("undefined function " + call.name() + "()");
        }
        function.checkArguments(call, this);
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
        if (!(argument instanceof VarRef) && !isWildcard(argument)) {
            throw new QueryException("expected field argument in " + function + "()");
        }
        if (isWildcard(argument) && !allowsWildcards) {
            String what = argument instanceof Wildcard ? "wildcard" : "regex field";
            throw new QueryException("unsupported expression with " + what + ": " + function + "()");
        }
    }

    @Override
    public void checkNested(Call inner) {
        checkCall(inner);
    }

    @Override
    public void noteAuxiliary() {
        readsAuxiliary = true;
    }
}
