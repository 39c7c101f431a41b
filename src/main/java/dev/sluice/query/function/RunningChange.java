package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;

/**
 * What changes from one point to the next. Of several points at the same time only the first counts, as a merged series
 * does not advance there.
 */
abstract class RunningChange implements StreamTransform {

    private final FieldType type;
    private boolean known;
    private long previousTime;
    private double previousDouble;
    private long previousLong;

    RunningChange(FieldType type) {
        this.type = type;
    }

    @Override
    public final void begin() {
        known = false;
    }

    @Override
    public final void add(LongColumn times, Column values, int start, int end, PointSink target) {
        for (int row = start; row < end; row++) {
            long time = times.get(row);
            if (known && time == previousTime) {
                continue;
            }
            if (values instanceof DoubleColumn doubles) {
                double value = doubles.get(row);
                if (known) {
                    change(time, time - previousTime, value - previousDouble, target);
                }
                previousDouble = value;
            } else {
                long value = ((LongColumn) values).get(row);
                if (known) {
                    boolean falls = type == FieldType.UNSIGNED
                            ? Long.compareUnsigned(value, previousLong) < 0
                            : value - previousLong < 0;
                    change(time, time - previousTime, value - previousLong, falls, target);
                }
                previousLong = value;
            }
            previousTime = time;
            known = true;
        }
    }

    /** A change of floats. */
    abstract void change(long time, long elapsed, double difference, PointSink target);

    /** A change of integers; {@code difference} wraps where it does not fit. */
    abstract void change(long time, long elapsed, long difference, boolean falls, PointSink target);
}
