package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.QueryException;
import dev.sluice.query.kernel.TimeBuckets;
import org.jspecify.annotations.Nullable;

/**
 * {@code integral(x[, unit])}: the area under the straight lines between the points, in values times units of time. At the
 * edge of a bucket the line is cut; where buckets have no point the whole rest belongs to the bucket of the next one.
 *
 * <p>In descending order of time InfluxDB walks back: areas are negative, they have the time at which their bucket ends, and a
 * point at the beginning of a bucket ends it, after which the bucket has another, empty area.
 */
final class IntegralFunction implements StreamFunction {

    @Override
    public String name() {
        return "integral";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.countBetween(call, 1, 2);
        if (call.arguments().size() == 2) {
            if (!(call.arguments().get(1) instanceof DurationLiteral unit)) {
                throw new QueryException("second argument must be a duration");
            }
            if (unit.nanos() <= 0) {
                throw new QueryException("duration argument must be positive, got " + unit);
            }
        }
        scope.checkField(name(), call.arguments().get(0));
    }

    @Override
    public @Nullable FieldType resultType(FieldType input) {
        return input.isNumeric() ? FieldType.FLOAT : null;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        // Without buckets InfluxDB gives areas of floats the epoch, and others the beginning of the range.
        long least = setting.range().minNanos();
        long start = input == FieldType.FLOAT || least == TimeRange.MIN_TIMESTAMP ? 0 : least;
        long end = Long.MAX_VALUE;
        if (!setting.ascending()) {
            start = input == FieldType.FLOAT ? 0 : setting.range().maxNanos() + 1;
            end = input == FieldType.FLOAT ? Long.MIN_VALUE : least;
        }
        return new Area(
                input, setting.durationArgument(1, 1_000_000_000L), start, end, setting.buckets(), setting.ascending());
    }

    private static final class Area implements StreamTransform {

        private final FieldType type;
        private final double unit;
        private final long firstStart;
        private final long firstEnd;
        private final @Nullable TimeBuckets buckets;
        private final boolean ascending;
        private boolean known;
        private long previousTime;
        private double previous;
        private double sum;
        private long start;
        private long end;

        /**
         * The area of a series.
         *
         * @param start what takes the place of a bucket's beginning, or going back its end, without buckets
         * @param end what takes the place of the edge that is gone to
         */
        Area(FieldType type, double unit, long start, long end, @Nullable TimeBuckets buckets, boolean ascending) {
            this.type = type;
            this.unit = unit;
            this.firstStart = start;
            this.firstEnd = end;
            this.buckets = buckets;
            this.ascending = ascending;
        }

        @Override
        public void begin() {
            known = false;
            sum = 0;
            start = firstStart;
            end = firstEnd;
        }

        @Override
        public void add(LongColumn times, Column values, int from, int to, PointSink target) {
            for (int row = from; row < to; row++) {
                long time = times.get(row);
                double value = Values.asDouble(type, values, row);
                if (!known) {
                    useBucketOf(time);
                } else if (time != previousTime) {
                    boolean cuts = ascending ? time >= end : time <= end;
                    addArea(time, cuts ? cut(time, value, target) : value);
                }
                known = true;
                previousTime = time;
                previous = value;
            }
        }

        private void useBucketOf(long time) {
            if (buckets != null) {
                start = ascending ? buckets.start(time) : buckets.end(time);
                end = ascending ? buckets.end(time) : buckets.start(time);
            }
        }

        private void addArea(long time, double value) {
            sum += 0.5 * (value + previous) * ((time - previousTime) / unit);
        }

        /**
         * Completes the bucket with the part of the line that lies in it.
         *
         * @return the value to draw the rest of the line to: InfluxDB's line of floats goes on from the edge, its line of integers
         *     goes from the point before it to the height of the edge
         */
        private double cut(long time, double value, PointSink target) {
            double next = value;
            if (previousTime != end) {
                double atEdge = (value - previous) / (time - previousTime) * (end - previousTime) + previous;
                addArea(end, atEdge);
                previousTime = end;
                if (type == FieldType.FLOAT) {
                    previous = atEdge;
                } else {
                    next = atEdge;
                }
            }
            target.emit(start, sum);
            useBucketOf(time);
            sum = 0;
            return next;
        }

        @Override
        public void finish(PointSink target) {
            // A last point that only begins its bucket spans no area there.
            if (known && previousTime != start) {
                target.emit(start, sum);
            }
        }
    }
}
