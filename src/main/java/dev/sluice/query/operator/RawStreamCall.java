package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.query.function.PointSink;
import dev.sluice.query.function.StreamTransform;

/** A transformation of the values of a field. */
final class RawStreamCall implements OrderedCall {

    private final StreamTransform transform;
    private final PointSink sink;
    private final int column;
    private final PointList points = new PointList();

    RawStreamCall(StreamTransform transform, PointSink sink, int column) {
        this.transform = transform;
        this.sink = sink;
        this.column = column;
        transform.begin();
    }

    @Override
    public void take(ColumnBatch batch) {
        LongColumn times = (LongColumn) batch.column(0);
        Column values = batch.column(column);
        int count = batch.rowCount();
        int from = 0;
        while (from < count) {
            if (values.isNull(from)) {
                from++;
                continue;
            }
            int to = from + 1;
            while (to < count && !values.isNull(to)) {
                to++;
            }
            transform.add(times, values, from, to, sink);
            from = to;
        }
        points.addAll(sink.take());
    }

    @Override
    public long retainedSizeInBytes() {
        return points.retainedSizeInBytes();
    }

    @Override
    public CallPoints finish() {
        transform.finish(sink);
        points.addAll(sink.take());
        return points.build();
    }
}
