package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of one or two numbers whose result is always a float ({@code sin}, {@code sqrt}, {@code pow}, …). */
final class FloatMathFunction implements MathFunction {

    private final String name;
    private final int arity;
    private final int arityInCondition;
    private final DoubleBinaryOperator operator;

    private FloatMathFunction(String name, int arity, int arityInCondition, DoubleBinaryOperator operator) {
        this.name = name;
        this.arity = arity;
        this.arityInCondition = arityInCondition;
        this.operator = operator;
    }

    static FloatMathFunction ofOne(String name, DoubleUnaryOperator operator) {
        return new FloatMathFunction(name, 1, 1, (value, unused) -> operator.applyAsDouble(value));
    }

    static FloatMathFunction ofTwo(String name, DoubleBinaryOperator operator) {
        // InfluxDB takes log for a function of one number where it checks conditions.
        return new FloatMathFunction(name, 2, name.equals("log") ? 1 : 2, operator);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, arity);
    }

    @Override
    public int arity() {
        return arity;
    }

    @Override
    public int arityInCondition() {
        return arityInCondition;
    }

    @Override
    public @Nullable FieldType resultType(List<@Nullable FieldType> arguments) {
        boolean numbers = arguments.stream().allMatch(type -> type != null && type.isNumeric());
        return numbers ? FieldType.FLOAT : null;
    }

    @Override
    public Column evaluate(List<FieldType> types, List<Column> arguments) {
        DoubleColumnBuilder results = new DoubleColumnBuilder();
        Column first = arguments.get(0);
        Column second = arguments.get(arity - 1);
        for (int row = 0; row < first.length(); row++) {
            if (first.isNull(row) || second.isNull(row)) {
                results.appendNull();
            } else {
                results.append(operator.applyAsDouble(
                        Values.asDouble(types.get(0), first, row), Values.asDouble(types.get(arity - 1), second, row)));
            }
        }
        return results.build();
    }
}
