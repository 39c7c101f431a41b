package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import java.util.concurrent.ThreadLocalRandom;

/** {@code sample(x, n)}: n points chosen at random, each set of n with the same probability; all when there are fewer. */
final class SampleFunction implements BucketFunction {

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 2);
        scope.checkField(name(), call.arguments().get(0));
        if (!(call.arguments().get(1) instanceof IntegerLiteral size)) {
            throw new QueryException("expected integer argument in sample()");
        }
        if (size.value() <= 0) {
            throw new QueryException("sample window must be greater than 1, got " + size.value());
        }
    }

    @Override
    public Kind kind() {
        return Kind.MULTI_SELECTOR;
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
        long size = setting.integerArgument(1, 1);
        return new CollectingAccumulator(argument) {
            @Override
            void finish(long bucketTime, LongColumn points, Column column, PointSink target) {
                // Points come in order, so taking each with the probability that is left keeps the order.
                long wanted = Math.min(size, points.length());
                for (int row = 0; row < points.length() && wanted > 0; row++) {
                    if (ThreadLocalRandom.current().nextInt(points.length() - row) < wanted) {
                        target.emitSelected(row, points.get(row), column, row);
                        wanted--;
                    }
                }
            }
        };
    }
}
