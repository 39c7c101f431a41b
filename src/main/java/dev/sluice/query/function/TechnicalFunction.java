package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of technical analysis: {@code name(x, period[, hold[, warm-up]])}. The first results, as many as the hold
 * period says, are left out; without one, those before the function has seen enough.
 */
final class TechnicalFunction implements StreamFunction {

    private static final String EXPONENTIAL = "exponential";
    private static final String SIMPLE = "simple";
    private static final String NONE = "none";

    /** Makes the state for a period and a warm-up. */
    @FunctionalInterface
    private interface Maker {
        Indicator make(int period, String warmUp);
    }

    /** How many results are left out by default. */
    @FunctionalInterface
    private interface DefaultHold {
        long of(long period, String warmUp);
    }

    private final String name;
    private final List<String> warmUps;
    private final int leastHold;
    private final Maker maker;
    private final DefaultHold defaultHold;

    private TechnicalFunction(String name, List<String> warmUps, int leastHold, Maker maker, DefaultHold defaultHold) {
        this.name = name;
        this.warmUps = warmUps;
        this.leastHold = leastHold;
        this.maker = maker;
        this.defaultHold = defaultHold;
    }

    /** All of them. */
    static List<Function> all() {
        List<String> usual = List.of(EXPONENTIAL, SIMPLE);
        return List.of(
                new TechnicalFunction(
                        "exponential_moving_average",
                        usual,
                        0,
                        (period, warmUp) -> ExponentialAverage.ofPeriod(period, warmUp.equals(SIMPLE)),
                        (period, warmUp) -> period - 1),
                chained("double_exponential_moving_average", ChainedAverages.Result.DOUBLE, 2, 0),
                chained("triple_exponential_moving_average", ChainedAverages.Result.TRIPLE, 3, 0),
                chained("triple_exponential_derivative", ChainedAverages.Result.RATE_OF_CHANGE, 3, 1),
                new TechnicalFunction(
                        "relative_strength_index",
                        usual,
                        0,
                        (period, warmUp) -> new Momentum(false, period, warmUp.equals(SIMPLE)),
                        (period, warmUp) -> period),
                new TechnicalFunction(
                        "chande_momentum_oscillator",
                        List.of(NONE, EXPONENTIAL, SIMPLE),
                        0,
                        (period, warmUp) -> warmUp.equals(NONE)
                                ? new WindowMomentum(period)
                                : new Momentum(true, period, warmUp.equals(SIMPLE)),
                        (period, warmUp) -> warmUp.equals(NONE) ? period - 1 : period),
                kaufman("kaufmans_efficiency_ratio", false),
                kaufman("kaufmans_adaptive_moving_average", true));
    }

    private static TechnicalFunction chained(String name, ChainedAverages.Result result, int stages, int more) {
        return new TechnicalFunction(
                name,
                List.of(EXPONENTIAL, SIMPLE),
                more,
                (period, warmUp) -> new ChainedAverages(result, period, warmUp.equals(SIMPLE)),
                (period, warmUp) -> (warmUp.equals(SIMPLE) ? stages : 1) * (period - 1) + more);
    }

    private static TechnicalFunction kaufman(String name, boolean averages) {
        return new TechnicalFunction(
                name,
                List.of(),
                0,
                (period, warmUp) -> new KaufmanIndicator(averages, period),
                (period, warmUp) -> period);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        List<Expression> arguments = call.arguments();
        ArgumentChecks.countBetween(call, 2, warmUps.isEmpty() ? 3 : 4);
        if (!(arguments.get(1) instanceof IntegerLiteral period)) {
            throw new QueryException(name + " period must be an integer");
        }
        if (period.value() < 1) {
            throw new QueryException(name + " period must be greater than or equal to 1");
        }
        if (arguments.size() > 2) {
            if (!(arguments.get(2) instanceof IntegerLiteral hold)) {
                throw new QueryException(name + " hold period must be an integer");
            }
            if (hold.value() < leastHold && hold.value() != -1) {
                throw new QueryException(name + " hold period must be greater than or equal to " + leastHold);
            }
        }
        if (arguments.size() > 3) {
            if (!(arguments.get(3) instanceof StringLiteral warmUp)) {
                throw new QueryException(name + " warmup type must be a string");
            }
            if (!warmUps.contains(warmUp.value())) {
                throw new QueryException(name + " warmup type must be one of: '" + String.join("' '", warmUps) + "'");
            }
        }
        ArgumentChecks.streamInput(call, scope);
    }

    private String warmUp(Call call) {
        if (call.arguments().size() > 3 && call.arguments().get(3) instanceof StringLiteral warmUp) {
            return warmUp.value();
        }
        return warmUps.isEmpty() ? NONE : warmUps.get(0);
    }

    @Override
    public @Nullable FieldType resultType(FieldType input) {
        return input.isNumeric() ? FieldType.FLOAT : null;
    }

    @Override
    public int extraBuckets(Call call) {
        return 1;
    }

    @Override
    public StreamTransform newTransform(FieldType input, CallSetting setting) {
        String warmUp = warmUp(setting.call());
        long period = setting.integerArgument(1, 1);
        long hold = setting.integerArgument(2, -1);
        if (name.startsWith("chande") && period == 1 && warmUp.equals(NONE)) {
            // InfluxDB panics here, and where there is nothing to read has no result.
            throw new QueryException(name + " period must be greater than or equal to 2");
        }
        if (period > 100_000) {
            throw new QueryException(name + " period is too large: " + period);
        }
        return new Held(input, maker.make((int) period, warmUp), hold >= 0 ? hold : defaultHold.of(period, warmUp));
    }

    private static final class Held implements StreamTransform {

        private final FieldType type;
        private final Indicator indicator;
        private final long hold;
        private long seen;

        Held(FieldType type, Indicator indicator, long hold) {
            this.type = type;
            this.indicator = indicator;
            this.hold = hold;
        }

        @Override
        public void begin() {
            indicator.reset();
            seen = 0;
        }

        @Override
        public void add(LongColumn times, Column values, int start, int end, PointSink target) {
            for (int row = start; row < end; row++) {
                double result = indicator.next(Values.asDouble(type, values, row));
                if (seen++ >= hold) {
                    target.emit(times.get(row), result);
                }
            }
        }
    }
}
