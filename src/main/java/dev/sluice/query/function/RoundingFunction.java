package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of one number whose result has the number's type: {@code abs}, {@code floor}, {@code ceil}, {@code round}. */
final class RoundingFunction implements MathFunction {

    private final String name;
    private final DoubleUnaryOperator onFloats;
    private final LongUnaryOperator onIntegers;

    RoundingFunction(String name, DoubleUnaryOperator onFloats, LongUnaryOperator onIntegers) {
        this.name = name;
        this.onFloats = onFloats;
        this.onIntegers = onIntegers;
    }

    /** The nearest whole number; halves go away from zero. */
    static double roundHalfAwayFromZero(double value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        return Math.abs(value - whole) >= 0.5 ? whole + Math.copySign(1, value) : whole;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 1);
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public @Nullable FieldType resultType(List<@Nullable FieldType> arguments) {
        FieldType type = arguments.get(0);
        return type != null && type.isNumeric() ? type : null;
    }

    @Override
    public Column evaluate(List<FieldType> types, List<Column> arguments) {
        if (arguments.get(0) instanceof DoubleColumn doubles) {
            DoubleColumnBuilder results = new DoubleColumnBuilder();
            for (int row = 0; row < doubles.length(); row++) {
                if (doubles.isNull(row)) {
                    results.appendNull();
                } else {
                    results.append(onFloats.applyAsDouble(doubles.get(row)));
                }
            }
            return results.build();
        }
        LongColumn longs = (LongColumn) arguments.get(0);
        if (types.get(0) == FieldType.UNSIGNED) {
            return longs;
        }
        LongColumnBuilder results = new LongColumnBuilder();
        for (int row = 0; row < longs.length(); row++) {
            if (longs.isNull(row)) {
                results.appendNull();
            } else {
                results.append(onIntegers.applyAsLong(longs.get(row)));
            }
        }
        return results.build();
    }
}
