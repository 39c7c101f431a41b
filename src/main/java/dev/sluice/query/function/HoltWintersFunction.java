package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code holt_winters(call, n, season)}: n values that are to be expected after the last bucket, by damped exponential
 * smoothing with an optional season of so many buckets; {@code holt_winters_with_fit} also yields the model's values for
 * the buckets there are.
 */
final class HoltWintersFunction implements StreamFunction {

    /** The search has as many dimensions, and memory grows with their square. */
    private static final int LONGEST_SEASON = 1_000;

    private static final int MOST_VALUES = 1_000_000;

    private final String name;
    private final boolean withFit;

    HoltWintersFunction(String name, boolean withFit) {
        this.name = name;
        this.withFit = withFit;
    }

    /** InfluxDB's text names another function here. */
    @Override
    public String typeErrorLabel() {
        return "elapsed";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.count(call, 3);
        if (!(call.arguments().get(1) instanceof IntegerLiteral count)) {
            throw new QueryException("expected integer argument as second arg in " + name);
        }
        if (count.value() <= 0) {
            throw new QueryException("second arg to " + name + " must be greater than 0, got " + count.value());
        }
        if (!(call.arguments().get(2) instanceof IntegerLiteral season)) {
            throw new QueryException("expected integer argument as third arg in " + name);
        }
        if (season.value() < 0) {
            throw new QueryException("third arg to " + name + " cannot be negative, got " + season.value());
        }
        if (season.value() > LONGEST_SEASON || count.value() > MOST_VALUES) {
            throw new QueryException(name + " can look at seasons of at most " + LONGEST_SEASON
                    + " and forecast at most " + MOST_VALUES + " values");
        }
        Expression input = call.arguments().get(0);
        if (!(input instanceof Call inner)) {
            throw new QueryException("must use aggregate function with " + name);
        }
        if (!scope.groupsByTime()) {
            throw new QueryException(name + " aggregate requires a GROUP BY interval");
        }
        scope.checkNested(inner);
    }

    @Override
    public @Nullable FieldType resultType(FieldType input) {
        return input == FieldType.FLOAT || input == FieldType.INTEGER ? FieldType.FLOAT : null;
    }

    @Override
    public boolean leavesRange() {
        return true;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        int forecasts = (int) setting.integerArgument(1, 1);
        int season = (int) setting.integerArgument(2, 0);
        return new Forecast(input, forecasts, season, setting.intervalOr(1));
    }

    private final class Forecast implements StreamTransform {

        private final FieldType type;
        private final int forecasts;
        private final int season;
        private final long interval;
        private final LongColumnBuilder times = new LongColumnBuilder();
        private final DoubleColumnBuilder values = new DoubleColumnBuilder();

        Forecast(FieldType type, int forecasts, int season, long interval) {
            this.type = type;
            this.forecasts = forecasts;
            this.season = season;
            this.interval = interval;
        }

        @Override
        public void begin() {
            times.build();
            values.build();
        }

        @Override
        public void add(LongColumn newTimes, Column newValues, int start, int end, PointSink target) {
            for (int row = start; row < end; row++) {
                times.append(newTimes.get(row));
                values.append(Values.asDouble(type, newValues, row));
            }
        }

        @Override
        public void finish(PointSink target) {
            int count = times.length();
            LongColumn points = times.build();
            double[] known = Arrays.copyOf(values.build().array(), count);
            if (count < 2 || (season >= 2 && count < season)) {
                return;
            }
            double[] observed = observations(points, known);
            if (observed.length < Math.max(2, season)) {
                return;
            }
            long first = points.get(0);
            long last = points.get(count - 1);
            double[] model = HoltWintersModel.fit(observed, season).values(observed.length + forecasts);
            for (int i = withFit ? 0 : observed.length; i < model.length; i++) {
                long time = withFit ? first + i * interval : last + (i - observed.length + 1) * interval;
                if (!Double.isNaN(model[i])) {
                    target.emit(time, model[i]);
                }
            }
        }

        /** One value per bucket, NaN where there is none; empty unless time ascends. */
        private double[] observations(LongColumn points, double[] known) {
            long first = nearest(points.get(0));
            long count = (nearest(points.get(known.length - 1)) - first) / interval + 1;
            if (count < 2) {
                return new double[0];
            }
            if (count > MOST_VALUES) {
                throw new QueryException(name + " can look at no more than " + MOST_VALUES + " buckets");
            }
            double[] observed = new double[(int) count];
            Arrays.fill(observed, Double.NaN);
            observed[0] = known[0];
            int last = 0;
            for (int i = 1; i < known.length; i++) {
                int index = (int) ((nearest(points.get(i)) - first) / interval);
                // Of several points of one bucket the first one counts.
                if (index > last && index < observed.length) {
                    observed[index] = known[i];
                    last = index;
                }
            }
            return observed;
        }

        /** The nearest multiple of the interval; a half counts down. */
        private long nearest(long time) {
            long into = time % interval;
            return time - into + (into > interval / 2 ? interval : 0);
        }
    }
}
