package dev.sluice.influxql.tree;

/** Prints statements as InfluxDB does. */
final class StatementFormatter {

    private StatementFormatter() {}

    static String format(Object node) {
        return node.getClass().getSimpleName();
    }
}
