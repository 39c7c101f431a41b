package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** {@code stddev(x)}: the standard deviation of a sample; of a single value there is none. */
final class StddevFunction implements BucketFunction {

    @Override
    public String name() {
        return "stddev";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.oneField(call, scope);
    }

    @Override
    public Kind kind() {
        return Kind.AGGREGATE;
    }

    @Override
    public @Nullable FieldType resultType(FieldType argument) {
        return argument.isNumeric() ? FieldType.FLOAT : null;
    }

    @Override
    public boolean commutes() {
        return false;
    }

    @Override
    public OrderedAccumulator newOrdered(FieldType argument, CallSetting setting) {
        return new CollectingAccumulator(argument) {
            @Override
            void finish(long bucketTime, LongColumn points, Column column, PointSink target) {
                int count = points.length();
                if (count == 1) {
                    target.emitNull(bucketTime);
                    return;
                }
                // The running mean, not sum by count, decides the last digit of InfluxDB's answer.
                double mean = 0;
                for (int row = 0; row < count; row++) {
                    mean += (Values.asDouble(argument, column, row) - mean) / (row + 1);
                }
                double squares = 0;
                for (int row = 0; row < count; row++) {
                    double deviation = Values.asDouble(argument, column, row) - mean;
                    squares += deviation * deviation;
                }
                target.emit(bucketTime, Math.sqrt(squares / (count - 1)));
            }
        };
    }
}
