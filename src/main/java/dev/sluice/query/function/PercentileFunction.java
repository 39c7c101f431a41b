package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import org.jspecify.annotations.Nullable;

/** {@code percentile(x, n)}: the point below or at which n percent of the points are by value; none when n is out of range. */
final class PercentileFunction implements BucketFunction {

    @Override
    public String name() {
        return "percentile";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 2);
        scope.checkField(name(), call.arguments().get(0));
        Expression percent = call.arguments().get(1);
        if (!(percent instanceof IntegerLiteral || percent instanceof NumberLiteral)) {
            throw new QueryException("expected float argument in percentile()");
        }
    }

    @Override
    public Kind kind() {
        return Kind.SELECTOR;
    }

    @Override
    public @Nullable FieldType resultType(FieldType argument) {
        return argument.isNumeric() ? argument : null;
    }

    @Override
    public boolean commutes() {
        return false;
    }

    @Override
    public OrderedAccumulator newOrdered(FieldType argument, CallSetting setting) {
        double percent = setting.numberArgument(1, 0);
        return new CollectingAccumulator(argument) {
            @Override
            void finish(long bucketTime, LongColumn points, Column column, PointSink target) {
                int count = points.length();
                int position = (int) Math.floor(count * percent / 100.0 + 0.5) - 1;
                if (position >= 0 && position < count) {
                    long[] keys = Values.sortable(argument, column, count);
                    int row = Values.rowAt(keys, Values.sorted(keys), position);
                    target.emitSelected(row, points.get(row), column, row);
                }
            }
        };
    }
}
