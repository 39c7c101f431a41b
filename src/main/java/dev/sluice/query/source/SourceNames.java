package dev.sluice.query.source;

import dev.sluice.catalog.Catalog;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.SubQuery;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What InfluxDB finds wrong with the names of measurements before it looks at anything else of a SELECT. */
public final class SourceNames {

    private static final Map<String, String> SYSTEM_SOURCES = Map.of(
            "_series", "SHOW SERIES",
            "_measurements", "SHOW MEASUREMENTS",
            "_tagKeys", "SHOW TAG KEYS",
            "_fieldKeys", "SHOW FIELD KEYS",
            "_tags", "SHOW TAG VALUES");

    private SourceNames() {}

    /**
     * Checks the names of a statement, its target and its inner statements.
     *
     * @throws QueryException when a database is missing or unknown, or a source is one of the system's
     */
    public static void check(SelectStatement statement, Catalog catalog, QueryContext context) {
        rejectSystemSources(statement);
        List<Measurement> measurements = new ArrayList<>();
        collect(statement, measurements);
        for (Measurement measurement : measurements) {
            String database = measurement.database() == null ? context.database() : measurement.database();
            if (database.isEmpty()) {
                throw new QueryException("database name required");
            }
            if (catalog.findDatabase(database).isEmpty()) {
                throw new QueryException("database not found: " + database);
            }
            if (measurement.name().isEmpty() && measurement.regex() == null && measurement != statement.target()) {
                throw new QueryException("invalid measurement");
            }
        }
    }

    /** Only the outermost sources are looked at; further inside the system's are measurements without data. */
    private static void rejectSystemSources(SelectStatement statement) {
        for (Source source : statement.sources()) {
            String name = source instanceof Measurement measurement ? measurement.name() : "";
            String instead = SYSTEM_SOURCES.get(name);
            if (instead != null) {
                throw new QueryException("unable to use system source '" + name + "': use " + instead + " instead");
            }
        }
    }

    private static void collect(SelectStatement statement, List<Measurement> measurements) {
        if (statement.target() != null) {
            measurements.add(statement.target());
        }
        for (Source source : statement.sources()) {
            if (source instanceof SubQuery query) {
                collect(query.statement(), measurements);
            } else {
                measurements.add((Measurement) source);
            }
        }
    }
}
