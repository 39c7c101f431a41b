package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** {@code cumulative_sum(x)}: the sum of all values so far; integers wrap. */
final class CumulativeSumFunction implements StreamFunction {

    @Override
    public String name() {
        return "cumulative_sum";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 1);
        ArgumentChecks.streamInput(call, scope);
    }

    @Override
    public @Nullable FieldType resultType(FieldType input) {
        return input.isNumeric() ? input : null;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        return new RunningSum();
    }

    private static final class RunningSum implements StreamTransform {

        private double sum;
        private long wholeSum;

        @Override
        public void begin() {
            sum = 0;
            wholeSum = 0;
        }

        @Override
        public void add(LongColumn times, Column values, int start, int end, PointSink target) {
            for (int row = start; row < end; row++) {
                if (values instanceof DoubleColumn doubles) {
                    sum += doubles.get(row);
                    target.emit(times.get(row), sum);
                } else {
                    wholeSum += ((LongColumn) values).get(row);
                    target.emit(times.get(row), wholeSum);
                }
            }
        }
    }
}
