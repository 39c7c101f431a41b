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
            new LastFunction()));

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
        for (Function function : functions) {
            byName.put(function.name(), function);
        }
        return Map.copyOf(byName);
    }
}
