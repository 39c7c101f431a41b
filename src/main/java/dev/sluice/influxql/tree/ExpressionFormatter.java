package dev.sluice.influxql.tree;

/** Prints expressions as InfluxDB does. */
final class ExpressionFormatter {

    private ExpressionFormatter() {}

    static String format(Expression expression) {
        return expression.getClass().getSimpleName();
    }
}
