package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** {@code difference(x)} and {@code non_negative_difference}: each value minus the one before it. */
final class DifferenceFunction implements StreamFunction {

    private final String name;
    private final boolean dropsNegative;

    DifferenceFunction(String name, boolean dropsNegative) {
        this.name = name;
        this.dropsNegative = dropsNegative;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 1);
        ArgumentChecks.streamInput(call, scope);
    }

    @Override
    public String typeErrorLabel() {
        return "difference";
    }

    @Override
    public @Nullable FieldType resultType(FieldType input) {
        return input.isNumeric() ? input : null;
    }

    @Override
    public int extraBuckets(Call call) {
        return 1;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        return new RunningChange(input) {
            @Override
            void change(long time, long elapsed, double difference, PointSink target) {
                if (!dropsNegative || difference >= 0) {
                    target.emit(time, difference);
                }
            }

            @Override
            void change(long time, long elapsed, long difference, boolean falls, PointSink target) {
                if (!dropsNegative || !falls) {
                    target.emit(time, difference);
                }
            }
        };
    }
}
