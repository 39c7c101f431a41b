package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import java.util.HashSet;
import java.util.Set;

/** {@code count(distinct(x))}: how many different values. Its arguments are checked by {@code count}. */
final class CountDistinctFunction implements BucketFunction {

    @Override
    public String name() {
        return "count(distinct(x))";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 1);
    }

    @Override
    public Kind kind() {
        return Kind.AGGREGATE;
    }

    @Override
    public FieldType resultType(FieldType argument) {
        return FieldType.INTEGER;
    }

    @Override
    public boolean commutes() {
        return false;
    }

    @Override
    public boolean zeroWhenEmpty() {
        return true;
    }

    @Override
    public OrderedAccumulator newOrdered(FieldType argument, CallSetting setting) {
        return new DifferentValues();
    }

    private static final class DifferentValues implements OrderedAccumulator {

        private final Set<Object> seen = new HashSet<>();
        private long bucketTime;

        @Override
        public void begin(long bucketTimeNanos) {
            bucketTime = bucketTimeNanos;
            seen.clear();
        }

        @Override
        public void add(LongColumn times, Column values, int start, int end) {
            for (int row = start; row < end; row++) {
                seen.add(Values.boxed(values, row));
            }
        }

        @Override
        public void finish(PointSink target) {
            target.emit(bucketTime, (long) seen.size());
        }

        @Override
        public long retainedSizeInBytes() {
            return 64L * seen.size();
        }
    }
}
