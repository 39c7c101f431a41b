package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import org.jspecify.annotations.Nullable;

/** {@code moving_average(x, n)}: the mean of the last n values, from the n-th on. */
final class MovingAverageFunction implements StreamFunction {

    @Override
    public String name() {
        return "moving_average";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 2);
        Expression window = call.arguments().get(1);
        if (!(window instanceof IntegerLiteral size)) {
            throw new QueryException(
                    "second argument for moving_average must be an integer, got " + ArgumentChecks.goName(window));
        }
        if (size.value() <= 1) {
            throw new QueryException("moving_average window must be greater than 1, got " + size.value());
        }
        ArgumentChecks.streamInput(call, scope);
    }

    @Override
    public @Nullable FieldType resultType(FieldType input) {
        return input.isNumeric() ? FieldType.FLOAT : null;
    }

    @Override
    public int extraBuckets(Call call) {
        // One, not one less than the window: so does InfluxDB in every version.
        return 1;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        return new Window(input, setting.integerArgument(1, 2));
    }

    private static final class Window implements StreamTransform {

        private final FieldType type;
        private final long size;
        private double[] doubles = new double[16];
        private long[] longs = new long[16];
        private int filled;
        private int oldest;

        /** Sums run on, as InfluxDB's do, which decides the last digit of floats. */
        private double sum;

        private long wholeSum;

        Window(FieldType type, long size) {
            this.type = type;
            this.size = size;
        }

        @Override
        public void begin() {
            filled = 0;
            oldest = 0;
            sum = 0;
            wholeSum = 0;
        }

        @Override
        public void add(LongColumn times, Column values, int start, int end, PointSink target) {
            for (int row = start; row < end; row++) {
                int position = place();
                if (values instanceof DoubleColumn column) {
                    doubles[position] = column.get(row);
                    sum += doubles[position];
                } else {
                    longs[position] = ((LongColumn) values).get(row);
                    wholeSum += longs[position];
                }
                if (filled == size) {
                    target.emit(times.get(row), total() / size);
                }
            }
        }

        private double total() {
            if (type == FieldType.FLOAT) {
                return sum;
            }
            return type == FieldType.UNSIGNED ? Values.unsignedAsDouble(wholeSum) : wholeSum;
        }

        /** Where the next value goes; the oldest one leaves when the window is full. */
        private int place() {
            if (filled < size) {
                if (filled == doubles.length) {
                    doubles = java.util.Arrays.copyOf(doubles, filled * 2);
                    longs = java.util.Arrays.copyOf(longs, filled * 2);
                }
                return filled++;
            }
            int position = oldest;
            sum -= doubles[position];
            wholeSum -= longs[position];
            oldest = (int) ((oldest + 1) % size);
            return position;
        }
    }
}
