package dev.sluice.query.plan;

import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.SubQuery;

/** What is wrong with a SELECT, or one inside it, whatever it reads. */
public final class StatementChecks {

    private StatementChecks() {}

    /**
     * Checks dimensions.
     *
     * @throws dev.sluice.query.QueryException with InfluxDB's text
     */
    public static void check(SelectStatement statement) {
        DimensionChecks.check(statement.dimensions());
        statement.sources().stream()
                .filter(SubQuery.class::isInstance)
                .forEach(source -> check(((SubQuery) source).statement()));
    }
}
