package dev.sluice.query.expression;

import dev.sluice.column.Column;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.FieldType;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.MathFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of functions of a single row. */
final class MathCalls {

    private MathCalls() {}

    /** The function of a call; null when it is one of many rows, or none. */
    static @Nullable MathFunction find(Call call) {
        return FunctionRegistry.find(call.name()) instanceof MathFunction function ? function : null;
    }

    static @Nullable Object evaluate(MathFunction function, Call call, RowValues row) {
        List<FieldType> types = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            Object value = Evaluator.evaluate(argument, row);
            if (value == null) {
                return null;
            }
            FieldType type = typeOf(value);
            if (type == FieldType.INTEGER && Evaluator.type(argument, row) == FieldType.UNSIGNED) {
                type = FieldType.UNSIGNED;
            }
            types.add(type);
            columns.add(ValueColumns.of(type, new Object[] {value}));
        }
        return function.resultType(List.copyOf(types)) == null
                ? null
                : BatchRow.valueOf(function.evaluate(types, columns), 0);
    }

    static @Nullable FieldType type(MathFunction function, Call call, RowValues row) {
        List<@Nullable FieldType> types = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            types.add(Evaluator.type(argument, row));
        }
        return function.resultType(types);
    }

    private static FieldType typeOf(Object value) {
        if (value instanceof Double) {
            return FieldType.FLOAT;
        }
        if (value instanceof Long) {
            return FieldType.INTEGER;
        }
        return value instanceof Boolean ? FieldType.BOOLEAN : FieldType.STRING;
    }
}
