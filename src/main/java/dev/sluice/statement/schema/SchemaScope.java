package dev.sluice.statement.schema;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.influxql.condition.ConditionSplitter;
import dev.sluice.influxql.condition.TimeCondition;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.statement.Execution;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement about series looks at: a database, some of its measurements, a condition on tags, and the shards its
 * times reach. A condition on time chooses whole shards, not points, as in InfluxDB 1.x.
 */
final class SchemaScope {

    private final SeriesReader reader;
    private final Database database;
    private final List<Measurement> sources;
    private final TimeCondition condition;
    private final String refusal;

    private SchemaScope(
            SeriesReader reader,
            Database database,
            List<Measurement> sources,
            TimeCondition condition,
            String refusal) {
        this.reader = reader;
        this.database = database;
        this.sources = sources;
        this.condition = condition;
        this.refusal = refusal;
    }

    /**
     * A scope.
     *
     * @param refusal the error for a comparison that is not one of a tag
     */
    static SchemaScope of(
            Catalog catalog,
            SeriesReader reader,
            String databaseName,
            List<Measurement> sources,
            @Nullable Expression condition,
            Execution execution,
            String refusal) {
        Database database =
                catalog.findDatabase(databaseName).orElseThrow(() -> CatalogException.databaseNotFound(databaseName));
        for (Measurement source : sources) {
            if (source.retentionPolicy() != null) {
                database.loadRetentionPolicy(source.retentionPolicy());
            }
        }
        TimeCondition times = ConditionSplitter.split(condition, execution.nowNanos(), null);
        return new SchemaScope(reader, database, sources, times, refusal);
    }

    Database database() {
        return database;
    }

    boolean hasTimes() {
        return condition.hasMin() || condition.hasMax();
    }

    TimeRange range() {
        return condition.range();
    }

    /** The measurements in order, those without any series of the scope left out. */
    List<String> measurements() {
        List<String> names = new ArrayList<>();
        for (String name : reader.measurements(database.id())) {
            if (isSource(name) && !series(name).isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** Measurements that fulfil the condition as a whole, see {@link MeasurementCondition}. */
    List<String> measurementsByTheirTags() {
        MeasurementCondition asked = new MeasurementCondition(reader, database.id(), refusal);
        return reader.measurements(database.id()).stream()
                .filter(name -> isSource(name) && asked.holds(condition.remainder(), name))
                .toList();
    }

    private boolean isSource(String name) {
        return sources.isEmpty() || sources.stream().anyMatch(source -> matches(source, name));
    }

    private static boolean matches(Measurement source, String name) {
        return source.regex() == null
                ? source.name().equals(name)
                : source.regex().pattern().matcher(name).find();
    }

    /** The series of a measurement that the condition means. */
    SeriesSet series(String measurement) {
        SeriesSet selected = reader.select(
                database.id(), measurement, TagConditions.selector(condition.remainder(), measurement, refusal));
        if (selected.isEmpty()) {
            return selected;
        }
        List<ShardId> shards = shards(measurement);
        return shards == null ? selected : selected.and(reader.seriesInShards(database.id(), shards));
    }

    /** The shards a measurement is to be looked for in; null for all of them. */
    private @Nullable List<ShardId> shards(String measurement) {
        List<String> policies = sources.stream()
                .filter(source -> source.retentionPolicy() != null && matches(source, measurement))
                .map(Measurement::retentionPolicy)
                .toList();
        if (policies.isEmpty() && !hasTimes()) {
            return null;
        }
        List<ShardId> shards = new ArrayList<>();
        for (RetentionPolicy policy : database.retentionPolicies()) {
            if (policies.isEmpty() || policies.contains(policy.name())) {
                policy.shardGroups(condition.range()).stream()
                        .map(ShardGroup::shard)
                        .forEach(shards::add);
            }
        }
        return shards;
    }

    /** Every shard of the database that the times reach. */
    List<ShardId> allShards() {
        return database.retentionPolicies().stream()
                .flatMap(policy -> policy.shardGroups(condition.range()).stream())
                .map(ShardGroup::shard)
                .toList();
    }
}
