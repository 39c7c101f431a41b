package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All functions by name. */
public final class FunctionRegistry {

    private static final Map<String, Function> BY_NAME = index(List.of(
            new CountFunction(),
            new SumFunction(),
            new MeanFunction(),
            new MinFunction(),
            new MaxFunction(),
            new FirstFunction(),
            new LastFunction(),
            new SpreadFunction(),
            new StddevFunction(),
            new MedianFunction(),
            new ModeFunction(),
            new PercentileFunction(),
            new DistinctFunction(),
            new CountDistinctFunction(),
            new SampleFunction(),
            new RankingFunction("top", true),
            new RankingFunction("bottom", false),
            new DerivativeFunction("derivative", false),
            new DerivativeFunction("non_negative_derivative", true),
            new DifferenceFunction("difference", false),
            new DifferenceFunction("non_negative_difference", true),
            new ElapsedFunction(),
            new MovingAverageFunction(),
            new CumulativeSumFunction(),
            new IntegralFunction(),
            new HoltWintersFunction("holt_winters", false),
            new HoltWintersFunction("holt_winters_with_fit", true),
            new RoundingFunction("abs", Math::abs, Math::abs),
            new RoundingFunction("floor", Math::floor, value -> value),
            new RoundingFunction("ceil", Math::ceil, value -> value),
            new RoundingFunction("round", RoundingFunction::roundHalfAwayFromZero, value -> value),
            FloatMathFunction.ofOne("sin", Trigonometry::sin),
            FloatMathFunction.ofOne("cos", Trigonometry::cos),
            FloatMathFunction.ofOne("tan", Trigonometry::tan),
            FloatMathFunction.ofOne("asin", Trigonometry::asin),
            FloatMathFunction.ofOne("acos", Trigonometry::acos),
            FloatMathFunction.ofOne("atan", Trigonometry::atan),
            FloatMathFunction.ofOne("exp", Exponentials::exp),
            FloatMathFunction.ofOne("sqrt", Math::sqrt),
            FloatMathFunction.ofOne("ln", Exponentials::log),
            FloatMathFunction.ofOne("log2", Exponentials::log2),
            FloatMathFunction.ofOne("log10", Exponentials::log10),
            FloatMathFunction.ofTwo("log", Exponentials::log),
            FloatMathFunction.ofTwo("pow", Exponentials::pow),
            FloatMathFunction.ofTwo("atan2", Trigonometry::atan2)));

    private FunctionRegistry() {}

    /** The function of that name (lower case), or null. */
    public static @Nullable Function find(String name) {
        return BY_NAME.get(name);
    }

    /**
     * The function a call means: {@code count(distinct(x))} is one function of x.
     *
     * @throws IllegalArgumentException when there is no such function
     */
    public static Function of(Call call) {
        boolean countsDistinct = call.name().equals("count")
                && call.arguments().get(0) instanceof Call inner
                && inner.name().equals("distinct");
        Function function = BY_NAME.get(countsDistinct ? "count(distinct(x))" : call.name());
        if (function == null) {
            throw new IllegalArgumentException("no function " + call.name());
        }
        return function;
    }

    private static Map<String, Function> index(List<Function> functions) {
        Map<String, Function> byName = new HashMap<>();
        TechnicalFunction.all().forEach(function -> byName.put(function.name(), function));
        for (Function function : functions) {
            byName.put(function.name(), function);
        }
        return Map.copyOf(byName);
    }
}
