package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;

/** Keeps all points of a bucket until it is complete. */
abstract class CollectingAccumulator implements OrderedAccumulator {

    private final LongColumnBuilder times = new LongColumnBuilder();
    private final ColumnBuilder values;
    private long bucketTime;

    CollectingAccumulator(FieldType type) {
        this.values = ColumnBuilder.of(type);
    }

    @Override
    public final void begin(long bucketTimeNanos) {
        bucketTime = bucketTimeNanos;
    }

    @Override
    public final void add(LongColumn newTimes, Column newValues, int start, int end) {
        times.appendRange(newTimes, start, end);
        values.appendRange(newValues, start, end);
    }

    @Override
    public final void finish(PointSink target) {
        finish(bucketTime, times.build(), values.build(), target);
    }

    /**
     * The bucket is complete.
     *
     * @param points the times of its rows, which are numbered as they were added
     */
    abstract void finish(long bucketTimeNanos, LongColumn points, Column column, PointSink target);

    @Override
    public long retainedSizeInBytes() {
        return 16L * times.length();
    }
}
