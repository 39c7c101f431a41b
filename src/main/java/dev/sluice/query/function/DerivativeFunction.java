package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * {@code derivative(x[, unit])} and {@code non_negative_derivative}: the rate of change per unit of time, which is a second
 * or, over the results of another call, the width of the buckets unless the call says otherwise.
 */
final class DerivativeFunction implements StreamFunction {

    private static final long SECOND = 1_000_000_000L;

    private final String name;
    private final boolean dropsNegative;

    DerivativeFunction(String name, boolean dropsNegative) {
        this.name = name;
        this.dropsNegative = dropsNegative;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.countBetween(call, 1, 2);
        ArgumentChecks.unit(call);
        ArgumentChecks.streamInput(call, scope);
    }

    @Override
    public String typeErrorLabel() {
        return "derivative";
    }

    @Override
    public @Nullable FieldType resultType(FieldType input) {
        return input.isNumeric() ? FieldType.FLOAT : null;
    }

    @Override
    public int extraBuckets(Call call) {
        return 1;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        double unit = setting.durationArgument(1, setting.readsCall() ? setting.intervalOr(SECOND) : SECOND);
        boolean ascending = setting.ascending();
        boolean unsigned = input == FieldType.UNSIGNED;
        return new RunningChange(input) {
            @Override
            void change(long time, long elapsed, double difference, PointSink target) {
                if (!dropsNegative || difference >= 0) {
                    target.emit(time, difference / ((ascending ? elapsed : -elapsed) / unit));
                }
            }

            @Override
            void change(long time, long elapsed, long difference, boolean falls, PointSink target) {
                double change = unsigned && !falls ? Values.unsignedAsDouble(difference) : difference;
                change(time, elapsed, change, target);
            }
        };
    }
}
