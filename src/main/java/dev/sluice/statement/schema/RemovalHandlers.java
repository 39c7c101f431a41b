package dev.sluice.statement.schema;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.Database;
import dev.sluice.influxql.condition.ConstantConditions;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.DeleteStatement;
import dev.sluice.influxql.tree.DropMeasurementStatement;
import dev.sluice.influxql.tree.DropSeriesStatement;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import dev.sluice.statement.Execution;
import dev.sluice.statement.Handlers;
import dev.sluice.statement.StatementException;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import dev.sluice.storage.TimeSeriesStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DELETE, DROP SERIES and DROP MEASUREMENT. They act on every retention policy of the default database, and on what the
 * caller may remove of it.
 */
public final class RemovalHandlers {

    private final Catalog catalog;
    private final TimeSeriesStore store;
    private final SeriesReader reader;

    public RemovalHandlers(Catalog catalog, TimeSeriesStore store) {
        this(catalog, store, store);
    }

    private RemovalHandlers(Catalog catalog, TimeSeriesStore store, SeriesReader reader) {
        this.catalog = catalog;
        this.store = store;
        this.reader = reader;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(
                        DeleteStatement.class,
                        (statement, execution) -> seenBy(execution).delete(statement, execution))
                .put(
                        DropSeriesStatement.class,
                        (statement, execution) -> seenBy(execution).dropSeries(statement, execution))
                .put(
                        DropMeasurementStatement.class,
                        (statement, execution) -> seenBy(execution).dropMeasurement(statement, execution));
    }

    /** The same handlers over what the caller may remove. */
    private RemovalHandlers seenBy(Execution execution) {
        SeriesReader removable = execution.access().removable().of(store);
        return removable == store ? this : new RemovalHandlers(catalog, store, removable);
    }

    private boolean isWhole() {
        return reader == store;
    }

    private SchemaScope scope(List<Measurement> sources, @Nullable Expression condition, Execution execution) {
        Database database = database(execution);
        long shard = database.retentionPolicies().stream()
                .flatMap(policy -> policy.shardGroups().stream())
                .mapToLong(group -> group.shard().value())
                .findFirst()
                .orElse(0);
        return SchemaScope.of(catalog, reader, database.name(), sources, condition, execution, fieldsRefused(shard));
    }

    /** Numbers of shards are counted over everything there is, so a caller who sees a part is not told. */
    private String fieldsRefused(long shard) {
        String refusal = "fields not supported in WHERE clause during deletion";
        return isWhole() ? "shard " + shard + ": " + refusal : refusal;
    }

    private Database database(Execution execution) {
        String name = execution.defaultDatabase();
        return catalog.findDatabase(name).orElseThrow(() -> CatalogException.databaseNotFound(name));
    }

    private void delete(DeleteStatement statement, Execution execution) {
        delete(statement.sources(), statement.condition(), execution);
    }

    private void delete(List<Measurement> sources, @Nullable Expression written, Execution execution) {
        Expression condition = ConstantConditions.folded(written);
        SchemaScope scope = scope(sources, condition, execution);
        rejectFields(scope, condition);
        SeriesSet series = series(scope);
        if (!series.isEmpty()) {
            store.deleteRange(scope.database().id(), scope.allShards(), series, scope.range());
        }
    }

    private void dropSeries(DropSeriesStatement statement, Execution execution) {
        if (SchemaScope.beginsWithTime(statement.condition())) {
            throw new StatementException("DROP SERIES doesn't support time in WHERE clause");
        }
        SchemaScope scope = scope(statement.sources(), statement.condition(), execution);
        if (scope.hasTimes()) {
            // InfluxDB overlooks a time on the right, and then takes away the points of that time only.
            delete(statement.sources(), statement.condition(), execution);
            return;
        }
        rejectFields(scope, statement.condition());
        SeriesSet series = series(scope);
        if (!series.isEmpty()) {
            store.dropSeries(scope.database().id(), series);
        }
    }

    private static SeriesSet series(SchemaScope scope) {
        SeriesSet all = SeriesSet.EMPTY;
        for (String measurement : scope.measurements()) {
            all = all.or(scope.series(measurement));
        }
        return all;
    }

    private void rejectFields(SchemaScope scope, @Nullable Expression condition) {
        if (condition == null) {
            return;
        }
        List<String> measurements = reader.measurements(scope.database().id());
        if (measurements.stream().noneMatch(scope::isSource)) {
            return;
        }
        for (String measurement : measurements) {
            for (ShardId shard : scope.allShards()) {
                if (namesField(condition, shard, measurement)) {
                    throw new StatementException(fieldsRefused(shard.value()));
                }
            }
        }
    }

    private boolean namesField(Expression condition, ShardId shard, String measurement) {
        if (condition instanceof ParenExpression paren) {
            return namesField(paren.inner(), shard, measurement);
        }
        if (condition instanceof BinaryExpression binary) {
            return namesField(binary.left(), shard, measurement) || namesField(binary.right(), shard, measurement);
        }
        return condition instanceof VarRef reference
                && reader.schema(shard, measurement).find(reference.name()) != null;
    }

    private void dropMeasurement(DropMeasurementStatement statement, Execution execution) {
        DatabaseId database = database(execution).id();
        if (isWhole()) {
            store.dropMeasurement(database, statement.name());
            return;
        }
        SeriesSet series = reader.select(database, statement.name(), SeriesSelector.ALL);
        if (!series.isEmpty()) {
            store.dropSeries(database, series);
        }
    }
}
