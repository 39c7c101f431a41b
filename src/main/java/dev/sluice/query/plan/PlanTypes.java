package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.expression.RowValues;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.Function;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.StreamFunction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types of the outputs of a plan, before there are any rows. */
public final class PlanTypes implements RowValues {

    private final BatchRow row;
    private final Map<String, FieldType> fields;

    public PlanTypes(Map<String, FieldType> fields) {
        this.fields = fields;
        this.row = new BatchRow(fields, List.of());
    }

    /** The type of an expression's values; null when it can have none. */
    public @Nullable FieldType of(Expression expression) {
        return Evaluator.type(expression, this);
    }

    /** A copy of a reference or call in which references tell their types. */
    public Expression typed(Expression expression) {
        if (expression instanceof Call call) {
            return new Call(
                    call.name(), call.arguments().stream().map(this::typed).toList());
        }
        if (expression instanceof VarRef reference && reference.type() == null) {
            FieldType type = isTag(reference) ? null : of(reference);
            DataType shown = isTag(reference) ? DataType.TAG : type == null ? null : DataType.valueOf(type.name());
            return new VarRef(reference.name(), shown);
        }
        return expression;
    }

    /** What a call reads: a field, or another call. */
    public static Expression argument(Call call) {
        Expression first = call.arguments().get(0);
        boolean countsDistinct = call.name().equals("count")
                && first instanceof Call inner
                && inner.name().equals("distinct");
        return countsDistinct ? ((Call) first).arguments().get(0) : first;
    }

    /** The type of what a call reads; null when there is no such field. */
    public @Nullable FieldType argumentType(Call call) {
        Expression argument = argument(call);
        if (argument instanceof Call inner) {
            return type(inner);
        }
        return argument instanceof VarRef field && fields.containsKey(field.name()) ? row.type(field) : null;
    }

    /** The type that a call has whatever it reads; null when it has the type of what it reads. */
    @Nullable
    FieldType typeOverAnything(Call call) {
        FieldType overFloats = resultType(call, FieldType.FLOAT);
        return overFloats == resultType(call, FieldType.INTEGER) ? overFloats : null;
    }

    private static @Nullable FieldType resultType(Call call, FieldType argument) {
        Function function = FunctionRegistry.of(call);
        return function instanceof BucketFunction bucket
                ? bucket.resultType(argument)
                : ((StreamFunction) function).resultType(argument);
    }

    /** Whether a name is one of a tag, not of a field. */
    public boolean isTag(VarRef reference) {
        return row.isTag(reference);
    }

    @Override
    public @Nullable Object value(Expression leaf) {
        return null;
    }

    @Override
    public @Nullable FieldType type(Expression leaf) {
        if (!(leaf instanceof Call call)) {
            return row.type(leaf);
        }
        FieldType argument = argumentType(call);
        if (argument == null) {
            return null;
        }
        return resultType(call, argument);
    }

    /**
     * Checks that a call, and what is nested in it, takes the type that it reads.
     *
     * @throws QueryException when it does not
     */
    public void check(Call call) {
        if (argument(call) instanceof Call inner) {
            check(inner);
        }
        FieldType argument = argumentType(call);
        if (argument != null && resultType(call, argument) == null) {
            Function function = FunctionRegistry.of(call);
            String label = function instanceof BucketFunction bucket
                    ? bucket.typeErrorLabel()
                    : ((StreamFunction) function).typeErrorLabel();
            throw new QueryException("unsupported " + label + " iterator type: " + iteratorName(argument));
        }
    }

    private static String iteratorName(FieldType type) {
        return "*query." + type.influxName() + "InterruptIterator";
    }
}
