package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.expression.RowValues;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.FunctionRegistry;
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

    @Nullable
    FieldType of(Expression expression) {
        return Evaluator.type(expression, this);
    }

    /** The type of the field that a call reads; null when there is no such field. */
    public @Nullable FieldType argumentType(Call call) {
        return call.arguments().get(0) instanceof VarRef field && fields.containsKey(field.name())
                ? row.type(field)
                : null;
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
        if (argument == null || !(FunctionRegistry.find(call.name()) instanceof BucketFunction function)) {
            return null;
        }
        FieldType result = function.resultType(argument);
        if (result == null) {
            throw new QueryException(
                    "unsupported " + function.typeErrorLabel() + " iterator type: " + iteratorName(argument));
        }
        return result;
    }

    private static String iteratorName(FieldType type) {
        return "*query." + type.influxName() + "InterruptIterator";
    }
}
