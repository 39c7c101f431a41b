package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;

/** {@code elapsed(x[, unit])}: whole units of time since the point before; the unit is a nanosecond unless said otherwise. */
final class ElapsedFunction implements StreamFunction {

    @Override
    public String name() {
        return "elapsed";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.countBetween(call, 1, 2);
        ArgumentChecks.unit(call);
        ArgumentChecks.streamInput(call, scope);
    }

    @Override
    public FieldType resultType(FieldType input) {
        return FieldType.INTEGER;
    }

    @Override
    public int extraBuckets(Call call) {
        return 1;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        return new Distances(setting.durationArgument(1, 1));
    }

    private static final class Distances implements StreamTransform {

        private final long unit;
        private boolean known;
        private long previous;

        Distances(long unit) {
            this.unit = unit;
        }

        @Override
        public void begin() {
            known = false;
        }

        @Override
        public void add(LongColumn times, Column values, int start, int end, PointSink target) {
            for (int row = start; row < end; row++) {
                long time = times.get(row);
                if (known) {
                    target.emit(time, (time - previous) / unit);
                }
                previous = time;
                known = true;
            }
        }
    }
}
