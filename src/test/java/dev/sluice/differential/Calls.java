package dev.sluice.differential;

import java.util.List;

/** Draws calls of InfluxQL's functions, mostly with arguments they take. */
final class Calls {

    private static final List<String> AGGREGATES =
            List.of("count", "sum", "mean", "min", "max", "first", "last", "spread", "stddev", "median", "mode");
    private static final List<String> MATH = List.of(
            "abs", "sin", "cos", "tan", "asin", "acos", "atan", "exp", "ln", "log2", "log10", "sqrt", "floor", "ceil",
            "round");
    private static final List<String> ANALYSIS = List.of(
            "exponential_moving_average",
            "double_exponential_moving_average",
            "triple_exponential_moving_average",
            "triple_exponential_derivative",
            "relative_strength_index",
            "chande_momentum_oscillator",
            "kaufmans_efficiency_ratio",
            "kaufmans_adaptive_moving_average");

    private final Choice choice;
    private final Table table;

    Calls(Choice choice, Table table) {
        this.choice = choice;
        this.table = table;
    }

    /** An aggregate or selector. */
    String aggregate() {
        return switch (choice.below(14)) {
            case 0 ->
                "percentile(" + argument() + ", " + choice.of("0", "5", "50", "90", "99.9", "100", "-1", "p") + ")";
            case 1 -> "count(distinct(" + argument() + "))";
            case 2 -> "integral(" + argument() + choice.maybe(40, () -> ", " + duration()) + ")";
            default -> choice.of(AGGREGATES) + "(" + argument() + choice.maybe(2, () -> ", 1") + ")";
        };
    }

    /** An aggregate with one column of numbers as its result. */
    String plainAggregate() {
        return choice.of("count", "sum", "mean", "min", "max", "first", "last") + "(" + table.number(choice) + ")";
    }

    /** A function that must stand alone. */
    String alone() {
        return switch (choice.below(4)) {
            case 0 -> "distinct(" + argument() + ")";
            case 1, 2 ->
                choice.of("top", "bottom") + "(" + table.number(choice)
                        + choice.maybe(30, () -> ", " + table.tag(choice)) + ", " + choice.between(0, 4) + ")";
            default -> "sample(" + argument() + ", 100000)";
        };
    }

    /** A transformation. Grouped by time it is one of an aggregate. */
    String transformation(boolean groupedByTime) {
        String inner = (groupedByTime ? !choice.chance(5) : choice.chance(5))
                ? choice.chance(15) ? transformation(groupedByTime) : plainAggregate()
                : argument();
        return switch (choice.below(9)) {
            case 0, 1 ->
                choice.of("derivative", "non_negative_derivative") + "(" + inner
                        + choice.maybe(50, () -> ", " + duration()) + ")";
            case 2, 3 -> choice.of("difference", "non_negative_difference") + "(" + inner + ")";
            case 4 -> "cumulative_sum(" + inner + ")";
            case 5 -> "moving_average(" + inner + ", " + choice.between(1, 5) + ")";
            case 6 -> "elapsed(" + inner + choice.maybe(50, () -> ", " + duration()) + ")";
            case 7 ->
                choice.of(ANALYSIS) + "(" + inner + ", " + choice.between(0, 4)
                        + choice.maybe(30, () -> ", " + choice.between(-1, 3)) + ")";
            default ->
                groupedByTime
                        ? choice.of("holt_winters", "holt_winters_with_fit") + "(" + inner + ", " + choice.between(0, 4)
                                + ", " + choice.of(0, 0, 1, 2, 4) + ")"
                        : "cumulative_sum(" + inner + ")";
        };
    }

    String math(String inner) {
        return switch (choice.below(6)) {
            case 0 -> "pow(" + inner + ", " + choice.of("2", "0.5", "-1") + ")";
            case 1 -> "atan2(" + inner + ", " + choice.of("1", "2.5", inner) + ")";
            case 2 -> "log(" + inner + ", " + choice.of("2", "10") + ")";
            default -> choice.of(MATH) + "(" + inner + ")";
        };
    }

    private String argument() {
        return switch (choice.below(30)) {
            case 0 -> "*";
            case 1 -> choice.of("/./", "/^[a-m]/");
            case 2 -> choice.of("1", "'a'", "nosuch", "*::field", "*::tag");
            case 3 -> table.tag(choice);
            case 4 -> table.number(choice) + "::" + choice.of("integer", "float", "string", "field");
            case 5, 6, 7 -> table.anyField(choice);
            default -> table.number(choice);
        };
    }

    private String duration() {
        return choice.of("1s", "10s", "1m", "1h", "500ms", "2d", "0s");
    }
}
