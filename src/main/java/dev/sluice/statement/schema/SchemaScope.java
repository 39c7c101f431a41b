package dev.sluice.statement.schema;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.influxql.condition.ConditionSplitter;
import dev.sluice.influxql.condition.TimeCondition;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.statement.Execution;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final @Nullable String policy;
    private final boolean namesApart;
    private final boolean eachInItsPolicy;

    private SchemaScope(
            SeriesReader reader,
            Database database,
            List<Measurement> sources,
            TimeCondition condition,
            String refusal,
            @Nullable String policy,
            boolean namesApart,
            boolean eachInItsPolicy) {
        this.reader = reader;
        this.database = database;
        this.sources = sources;
        this.condition = condition;
        this.refusal = refusal;
        this.policy = policy;
        this.namesApart = namesApart;
        this.eachInItsPolicy = eachInItsPolicy;
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
            if (source.database() != null
                    && catalog.findDatabase(source.database()).isEmpty()) {
                throw CatalogException.databaseNotFound(source.database());
            }
            if (source.retentionPolicy() != null) {
                database.loadRetentionPolicy(source.retentionPolicy());
            }
        }
        TimeCondition times = ConditionSplitter.split(condition, execution.nowNanos(), null);
        return new SchemaScope(reader, database, sources, times, refusal, null, false, false);
    }

    /**
     * The database of a statement that InfluxDB rewrites to SELECT: that of its sources, if all name one, and otherwise the
     * statement's or the request's.
     */
    static String databaseOf(@Nullable String named, List<Measurement> sources, Execution execution) {
        String first = sources.isEmpty() ? null : sources.get(0).database();
        boolean all = first != null && sources.stream().allMatch(source -> first.equals(source.database()));
        return execution.database(all ? first : named);
    }

    /**
     * Whether a comparison begins with the time. Where InfluxDB refuses conditions on time, it looks for those only, and
     * overlooks {@code 1s < time}.
     */
    static boolean beginsWithTime(@Nullable Expression condition) {
        if (condition instanceof ParenExpression paren) {
            return beginsWithTime(paren.inner());
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return false;
        }
        return binary.operator().isLogical()
                ? beginsWithTime(binary.left()) || beginsWithTime(binary.right())
                : binary.left() instanceof VarRef reference && reference.name().equalsIgnoreCase("time");
    }

    /**
     * The same scope, but measurements without a retention policy are looked for in the default one only: that of the
     * request or of the database. InfluxDB rewrites some statements to SELECT, which does so.
     */
    SchemaScope inDefaultPolicy(Execution execution) {
        String named = execution.defaultRetentionPolicy();
        String fallback = named.isEmpty() ? database.defaultRetentionPolicy() : named;
        if (sources.isEmpty() || sources.stream().anyMatch(source -> source.retentionPolicy() == null)) {
            database.loadRetentionPolicy(fallback);
        }
        return new SchemaScope(reader, database, sources, condition, refusal, fallback, namesApart, eachInItsPolicy);
    }

    /**
     * The same scope, but what the condition says of {@code _name} chooses measurements and what it says of tags chooses
     * series, one apart from the other, even under OR: so InfluxDB reads it in SHOW TAG KEYS and SHOW TAG VALUES.
     */
    SchemaScope withNamesApart() {
        return new SchemaScope(reader, database, sources, condition, refusal, policy, true, eachInItsPolicy);
    }

    /**
     * The same scope, but a measurement is looked for only in the policies of those sources that mean it. Without, every one
     * is looked for in every policy that any source names, as InfluxDB does where it reads system measurements.
     */
    SchemaScope eachInItsPolicy() {
        return new SchemaScope(reader, database, sources, condition, refusal, policy, namesApart, true);
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

    /** Whether a measurement is among those the statement names. */
    boolean isSource(String name) {
        return sources.isEmpty() || sources.stream().anyMatch(source -> matches(source, name));
    }

    private static boolean matches(Measurement source, String name) {
        return source.regex() == null
                ? source.name().equals(name)
                : source.regex().pattern().matcher(name).find();
    }

    /** What remains of the condition without its times; null for none. */
    @Nullable
    Expression tagCondition() {
        return condition.remainder();
    }

    /** The series of a measurement, whatever the condition says about tags. */
    SeriesSet seriesWithoutCondition(String measurement) {
        return inShards(measurement, reader.select(database.id(), measurement, SeriesSelector.ALL));
    }

    /** The series of a measurement that the condition means. */
    SeriesSet series(String measurement) {
        return inShards(measurement, reader.select(database.id(), measurement, selector(measurement)));
    }

    private SeriesSelector selector(String measurement) {
        Expression asked = condition.remainder();
        SeriesSelector whole = TagConditions.selector(asked, measurement, refusal);
        if (!namesApart || asked == null) {
            return whole;
        }
        return new SeriesSelector.And(List.of(
                TagConditions.selector(TagConditions.only(asked, true), measurement, refusal),
                TagConditions.selector(TagConditions.only(asked, false), measurement, refusal)));
    }

    private SeriesSet inShards(String measurement, SeriesSet selected) {
        if (selected.isEmpty() || policies(measurement) == null && !hasTimes()) {
            return selected;
        }
        return selected.and(reader.seriesInShards(database.id(), shards(measurement)));
    }

    /** The names of the policies to look for a measurement in; null for all of them. */
    private @Nullable Set<String> policies(String measurement) {
        if (sources.isEmpty()) {
            return policy == null ? null : Set.of(policy);
        }
        Set<String> names = new HashSet<>();
        for (Measurement source : sources) {
            if (eachInItsPolicy && !matches(source, measurement)) {
                continue;
            }
            String name = source.retentionPolicy() == null ? policy : source.retentionPolicy();
            if (name == null) {
                return null;
            }
            names.add(name);
        }
        return names;
    }

    /** The shards to look for a measurement in. */
    List<ShardId> shards(String measurement) {
        Set<String> policies = policies(measurement);
        return database.retentionPolicies().stream()
                .filter(each -> policies == null || policies.contains(each.name()))
                .flatMap(each -> each.shardGroups(condition.range()).stream())
                .map(ShardGroup::shard)
                .toList();
    }

    /** Every shard of the database that the times reach. */
    List<ShardId> allShards() {
        return database.retentionPolicies().stream()
                .flatMap(policy -> policy.shardGroups(condition.range()).stream())
                .map(ShardGroup::shard)
                .toList();
    }
}
