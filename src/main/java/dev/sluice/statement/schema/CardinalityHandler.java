package dev.sluice.statement.schema;

import dev.sluice.catalog.Catalog;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.ShowCardinalityStatement;
import dev.sluice.influxql.tree.ShowCardinalityStatement.Subject;
import dev.sluice.statement.Execution;
import dev.sluice.statement.Handlers;
import dev.sluice.statement.StatementException;
import dev.sluice.storage.SeriesReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** SHOW … CARDINALITY. The index knows exact numbers at no cost, so what InfluxDB estimates is exact here as well. */
public final class CardinalityHandler {

    private final Catalog catalog;
    private final SeriesReader reader;
    private final SchemaHandlers schema;

    public CardinalityHandler(Catalog catalog, SeriesReader reader) {
        this.catalog = catalog;
        this.reader = reader;
        this.schema = new SchemaHandlers(catalog, reader);
    }

    /** Enters the handler. */
    public void registerWith(Handlers handlers) {
        handlers.put(ShowCardinalityStatement.class, this::show);
    }

    private void show(ShowCardinalityStatement statement, Execution execution) {
        String database = execution.database(statement.database());
        boolean counted = statement.exact()
                || !statement.sources().isEmpty()
                || statement.condition() != null
                || !statement.dimensions().isEmpty()
                || statement.limit() > 0
                || statement.offset() > 0;
        boolean global = statement.subject() == Subject.SERIES || statement.subject() == Subject.MEASUREMENT;
        if (global && !counted && catalog.findDatabase(database).isEmpty()) {
            total(execution, "cardinality estimation", 0);
            return;
        }
        SchemaScope scope = SchemaScope.of(
                catalog,
                reader,
                database,
                statement.sources(),
                statement.condition(),
                execution,
                SchemaHandlers.NOT_A_TAG);
        if (scope.hasTimes()) {
            if (statement.subject() == Subject.TAG_VALUES) {
                return;
            }
            String exact = statement.subject() == Subject.FIELD_KEY ? "" : "EXACT ";
            throw new StatementException("SHOW " + statement.subject().name().replace('_', ' ') + " " + exact
                    + "CARDINALITY doesn't support time in WHERE clause");
        }
        List<String> measurements = scope.measurements();
        if (statement.subject() == Subject.MEASUREMENT) {
            if (counted && measurements.isEmpty()) {
                return;
            }
            total(execution, counted ? "count" : "cardinality estimation", measurements.size());
        } else if (statement.subject() == Subject.SERIES && !counted) {
            long sum = measurements.stream()
                    .mapToLong(name -> scope.series(name).size())
                    .sum();
            total(execution, "cardinality estimation", sum);
        } else {
            for (String measurement : SchemaHandlers.page(measurements, statement.limit(), statement.offset())) {
                long count = count(statement, scope, measurement);
                if (count > 0) {
                    execution.table(measurement, List.of("count"), column(count));
                }
            }
        }
    }

    private long count(ShowCardinalityStatement statement, SchemaScope scope, String measurement) {
        return switch (statement.subject()) {
            case SERIES -> scope.series(measurement).size();
            case TAG_KEY -> schema.tagsOf(scope, measurement).size();
            case FIELD_KEY -> schema.fieldsOf(scope, measurement).size();
            case TAG_VALUES -> distinctValues(statement, schema.tagsOf(scope, measurement));
            case MEASUREMENT -> 1;
        };
    }

    private static long distinctValues(ShowCardinalityStatement statement, Map<String, Set<String>> tags) {
        Set<String> values = new TreeSet<>();
        tags.forEach((key, found) -> {
            if (statement.keys() != null && SchemaHandlers.isWanted(statement.keys(), key)) {
                values.addAll(found);
            }
        });
        return values.size();
    }

    private static void total(Execution execution, String column, long value) {
        execution.table("", List.of(column), column(value));
    }

    private static LongColumn column(long value) {
        return LongColumn.wrapWithoutCopy(new long[] {value}, 1);
    }
}
