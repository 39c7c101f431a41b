package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import java.util.HashMap;
import java.util.Map;

/** {@code distinct(x)}: every different value once, in the order in which they occur. */
final class DistinctFunction implements BucketFunction {

    @Override
    public String name() {
        return "distinct";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        DistinctArguments.check(call, scope);
    }

    @Override
    public Kind kind() {
        return Kind.DISTINCT;
    }

    @Override
    public FieldType resultType(FieldType argument) {
        return argument;
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
                Map<Object, Integer> firstRows = new HashMap<>();
                for (int row = 0; row < points.length(); row++) {
                    firstRows.putIfAbsent(Values.boxed(column, row), row);
                }
                firstRows.values().stream()
                        .sorted((one, other) -> {
                            int compared = Long.compare(points.get(one), points.get(other));
                            return compared != 0 ? compared : SelectedPoints.compareRows(argument, column, one, other);
                        })
                        .forEach(row -> target.emit(bucketTime, column, row));
            }
        };
    }
}
