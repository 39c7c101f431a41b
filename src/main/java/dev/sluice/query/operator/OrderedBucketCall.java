package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.OrderedAccumulator;
import dev.sluice.query.function.PointSink;
import dev.sluice.query.kernel.TimeBuckets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An aggregate or selector that takes one bucket after the other. */
final class OrderedBucketCall implements OrderedCall {

    private final BucketFunction.Kind kind;
    private final OrderedAccumulator accumulator;
    private final PointSink sink;
    private final Columns columns;
    private final @Nullable TimeBuckets buckets;
    private final boolean pointTimes;
    private final long otherTime;
    private final PointList points = new PointList();

    /** What is shown beside rows of the open bucket that may be emitted, by the row's ordinal. */
    private final Map<Integer, @Nullable Object[]> shown = new HashMap<>();

    private int rowCount;

    private boolean open;
    private long start;
    private long end;

    /**
     * Where the rows have what the call needs.
     *
     * @param argument column of the first argument
     * @param others columns of further arguments
     * @param auxiliary columns shown beside a selected point
     */
    record Columns(int argument, int[] others, int[] auxiliary) {}

    /**
     * A call at work.
     *
     * @param pointTimes whether the point of a simple selector keeps its time
     * @param otherTime time of results without buckets
     */
    OrderedBucketCall(
            BucketFunction.Kind kind,
            OrderedAccumulator accumulator,
            PointSink sink,
            Columns columns,
            @Nullable TimeBuckets buckets,
            boolean pointTimes,
            long otherTime) {
        this.kind = kind;
        this.accumulator = accumulator;
        this.sink = sink;
        this.columns = columns;
        this.buckets = buckets;
        this.pointTimes = pointTimes;
        this.otherTime = otherTime;
        accumulator.beginSeries();
    }

    @Override
    public void take(ColumnBatch batch) {
        LongColumn times = (LongColumn) batch.column(0);
        Column values = batch.column(columns.argument());
        Column[] others = new Column[columns.others().length];
        for (int i = 0; i < others.length; i++) {
            others[i] = batch.column(columns.others()[i]);
        }
        int count = batch.rowCount();
        int from = 0;
        while (from < count) {
            if (values.isNull(from)) {
                from++;
                continue;
            }
            useBucketOf(times.get(from));
            int to = from + 1;
            while (to < count && !values.isNull(to) && isInBucket(times.get(to))) {
                to++;
            }
            accumulator.add(times, values, others, from, to);
            remember(batch, from, to);
            from = to;
        }
    }

    private void remember(ColumnBatch batch, int from, int to) {
        if (columns.auxiliary().length == 0) {
            return;
        }
        for (int row = from; row < to; row++) {
            int ordinal = rowCount++;
            if (accumulator.mayEmit(ordinal)) {
                Object[] values = new Object[columns.auxiliary().length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = BatchRow.valueOf(batch.column(columns.auxiliary()[i]), row);
                }
                shown.put(ordinal, values);
            }
        }
    }

    private boolean isInBucket(long time) {
        return buckets == null || (time >= start && time < end);
    }

    private void useBucketOf(long time) {
        if (open && isInBucket(time)) {
            return;
        }
        closeBucket();
        open = true;
        if (buckets != null) {
            start = buckets.start(time);
            end = buckets.end(time);
        }
        accumulator.begin(bucketTime());
    }

    private long bucketTime() {
        return buckets == null ? otherTime : start;
    }

    private void closeBucket() {
        if (!open) {
            return;
        }
        open = false;
        accumulator.finish(sink);
        PointSink.Points emitted = sink.take();
        boolean atBucket = kind == BucketFunction.Kind.SELECTOR && !pointTimes;
        for (int i = 0; i < emitted.times().length(); i++) {
            int ordinal = (int) emitted.ordinals().get(i);
            points.add(
                    atBucket ? bucketTime() : emitted.times().get(i),
                    BatchRow.valueOf(emitted.values(), i),
                    ordinal < 0 || shown.isEmpty() ? null : shown.get(ordinal));
        }
        shown.clear();
        rowCount = 0;
    }

    @Override
    public long retainedSizeInBytes() {
        // Arrays double as they grow, and a bucket's end sorts a copy.
        long bucket = 3 * accumulator.retainedSizeInBytes() + shown.size() * (80L + 24L * columns.auxiliary().length);
        return bucket + points.retainedSizeInBytes();
    }

    @Override
    public CallPoints finish() {
        closeBucket();
        return points.build();
    }
}
