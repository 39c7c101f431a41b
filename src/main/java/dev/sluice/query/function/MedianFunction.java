package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** {@code median(x)}: the middle value, or the mean of the two in the middle. */
final class MedianFunction implements BucketFunction {

    @Override
    public String name() {
        return "median";
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
                long[] keys = Values.sortable(argument, column, count);
                long[] sorted = Values.sorted(keys);
                double upper = Values.asDouble(argument, column, Values.rowAt(keys, sorted, count / 2));
                if (count % 2 == 1) {
                    target.emit(bucketTime, upper);
                    return;
                }
                double lower = Values.asDouble(argument, column, Values.rowAt(keys, sorted, count / 2 - 1));
                target.emit(bucketTime, lower + (upper - lower) / 2);
            }
        };
    }
}
