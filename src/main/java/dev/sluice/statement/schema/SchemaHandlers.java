package dev.sluice.statement.schema;

import com.google.re2j.Pattern;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ListLiteral;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.ShowFieldKeysStatement;
import dev.sluice.influxql.tree.ShowMeasurementsStatement;
import dev.sluice.influxql.tree.ShowSeriesStatement;
import dev.sluice.influxql.tree.ShowTagKeysStatement;
import dev.sluice.influxql.tree.ShowTagValuesStatement;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.TagKeyFilter;
import dev.sluice.model.ByteOrder;
import dev.sluice.model.FieldType;
import dev.sluice.model.Privilege;
import dev.sluice.model.SeriesKey;
import dev.sluice.statement.Execution;
import dev.sluice.statement.Handlers;
import dev.sluice.statement.StatementException;
import dev.sluice.statement.StatementMemory;
import dev.sluice.storage.SeriesReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** SHOW MEASUREMENTS, SERIES, TAG KEYS, TAG VALUES and FIELD KEYS. */
public final class SchemaHandlers {

    private static final Comparator<FieldType> BY_NAME = Comparator.comparing(FieldType::influxName);

    static final String NOT_A_TAG = "invalid tag comparison operator";

    private final Catalog catalog;
    private final SeriesReader reader;
    private final StatementMemory memory;

    /** Handlers that keep whatever they find. */
    public SchemaHandlers(Catalog catalog, SeriesReader reader) {
        this(catalog, reader, StatementMemory.UNLIMITED);
    }

    public SchemaHandlers(Catalog catalog, SeriesReader reader, StatementMemory memory) {
        this.catalog = catalog;
        this.reader = reader;
        this.memory = memory;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(
                        ShowMeasurementsStatement.class,
                        (statement, execution) -> seenBy(execution).showMeasurements(statement, execution))
                .put(
                        ShowSeriesStatement.class,
                        (statement, execution) -> seenBy(execution).showSeries(statement, execution))
                .put(
                        ShowTagKeysStatement.class,
                        (statement, execution) -> seenBy(execution).showTagKeys(statement, execution))
                .put(
                        ShowTagValuesStatement.class,
                        (statement, execution) -> seenBy(execution).showTagValues(statement, execution))
                .put(
                        ShowFieldKeysStatement.class,
                        (statement, execution) -> seenBy(execution).showFieldKeys(statement, execution));
    }

    /** The same handlers over what the caller may read. */
    private SchemaHandlers seenBy(Execution execution) {
        SeriesReader readable = execution.access().readable().of(reader);
        return readable == reader ? this : new SchemaHandlers(catalog, readable, memory);
    }

    private SchemaScope scope(
            Execution execution, @Nullable String named, List<Measurement> sources, @Nullable Expression condition) {
        return SchemaScope.of(catalog, reader, execution.database(named), sources, condition, execution, NOT_A_TAG);
    }

    /** Measurements as most statements see them: database and policy have no effect, even unknown ones. */
    private static List<Measurement> namesOnly(List<Measurement> sources) {
        return sources.stream()
                .map(source -> new Measurement(null, null, source.name(), source.regex()))
                .toList();
    }

    /** A page of a list; a limit of 0 is none. */
    static <T> List<T> page(List<T> all, int limit, int offset) {
        int from = Math.min(offset, all.size());
        int to = limit == 0 ? all.size() : (int) Math.min(all.size(), (long) from + limit);
        return all.subList(from, to);
    }

    private void showMeasurements(ShowMeasurementsStatement statement, Execution execution) {
        if (statement.allDatabases() || statement.allRetentionPolicies() || statement.retentionPolicy() != null) {
            showMeasurementsByPolicy(statement, execution);
            return;
        }
        String database = execution.database(statement.database());
        if (SchemaScope.beginsWithTime(statement.condition())) {
            throw new StatementException("SHOW MEASUREMENTS doesn't support time in WHERE clause");
        }
        if (catalog.findDatabase(database).isEmpty()) {
            return;
        }
        List<Measurement> sources = statement.source() == null ? List.of() : namesOnly(List.of(statement.source()));
        SchemaScope scope = scope(execution, database, sources, statement.condition());
        if (scope.hasTimes()) {
            throw new StatementException(NOT_A_TAG);
        }
        List<String> names = page(scope.measurementsByTheirTags(), statement.limit(), statement.offset());
        if (!names.isEmpty()) {
            execution.table("measurements", List.of("name"), StringColumn.of(names));
        }
    }

    /** The form of 1.9 and later, which tells database and policy. */
    private void showMeasurementsByPolicy(ShowMeasurementsStatement statement, Execution execution) {
        List<String> names = new ArrayList<>();
        List<String> databases = new ArrayList<>();
        List<String> policies = new ArrayList<>();
        for (Database database : catalog.databases()) {
            boolean wanted = statement.allDatabases()
                    ? execution.caller().may(Privilege.READ, database.name())
                    : database.name().equals(statement.database());
            for (RetentionPolicy policy : wanted ? database.retentionPolicies() : List.<RetentionPolicy>of()) {
                if (statement.retentionPolicy() != null && !policy.name().equals(statement.retentionPolicy())) {
                    continue;
                }
                Measurement source = statement.source();
                Measurement qualified = new Measurement(
                        null,
                        policy.name(),
                        source == null ? "" : source.name(),
                        source == null || source.regex() == null
                                ? (source == null ? anything() : null)
                                : source.regex());
                SchemaScope scope = scope(execution, database.name(), List.of(qualified), statement.condition());
                for (String name : scope.measurements()) {
                    names.add(name);
                    databases.add(database.name());
                    policies.add(policy.name());
                }
            }
        }
        names = page(names, statement.limit(), statement.offset());
        if (!names.isEmpty()) {
            execution.table(
                    "measurements",
                    List.of("name", "database", "retention policy"),
                    StringColumn.of(names),
                    StringColumn.of(page(databases, statement.limit(), statement.offset())),
                    StringColumn.of(page(policies, statement.limit(), statement.offset())));
        }
    }

    private static RegexLiteral anything() {
        return new RegexLiteral(Pattern.compile(""));
    }

    private void showSeries(ShowSeriesStatement statement, Execution execution) {
        String database = SchemaScope.databaseOf(statement.database(), statement.sources(), execution);
        SchemaScope scope = scope(execution, database, statement.sources(), statement.condition());
        // Made in any case: a policy that the request names has to exist.
        SchemaScope inDefaultPolicy = scope.inDefaultPolicy(execution);
        boolean descending = false;
        if (SchemaScope.beginsWithTime(statement.condition())) {
            // A SELECT then, of rows whose time is 0. Its order counts, and so does the bound that it comes to last.
            scope = inDefaultPolicy;
            descending = statement.sortFields().stream().anyMatch(field -> !field.ascending());
            if (descending ? scope.range().minNanos() > 0 : scope.range().maxNanos() < 0) {
                return;
            }
        }
        try (KeptTexts kept = new KeptTexts(execution, memory)) {
            List<String> keys = seriesKeys(scope, kept);
            if (descending) {
                Collections.reverse(keys);
            }
            List<String> page = page(keys, statement.limit(), statement.offset());
            if (!page.isEmpty()) {
                execution.table("", List.of("key"), StringColumn.of(page));
            }
        }
    }

    private List<String> seriesKeys(SchemaScope scope, KeptTexts kept) {
        List<String> keys = new ArrayList<>();
        for (String measurement : scope.measurements()) {
            List<String> own = new ArrayList<>();
            forEachSeries(scope, measurement, kept, series -> {
                String key = series.canonical();
                kept.keep(key);
                own.add(key);
            });
            // By measurement first, whose name is not escaped where it decides the order.
            own.sort(ByteOrder.STRINGS);
            keys.addAll(own);
        }
        return keys;
    }

    private void showTagKeys(ShowTagKeysStatement statement, Execution execution) {
        SchemaScope scope = scope(
                        execution, statement.database(), namesOnly(statement.sources()), statement.condition())
                .withNamesApart();
        for (String measurement : scope.measurements()) {
            try (KeptTexts kept = new KeptTexts(execution, memory)) {
                List<String> keys = tagKeysOf(scope, measurement, kept).stream()
                        .filter(key -> statement.keys() == null || isWanted(statement.keys(), key))
                        .toList();
                List<String> page = page(keys, statement.limit(), statement.offset());
                if (!page.isEmpty()) {
                    execution.table(measurement, List.of("tagKey"), StringColumn.of(page));
                }
            }
        }
    }

    private void showTagValues(ShowTagValuesStatement statement, Execution execution) {
        SchemaScope scope = scope(
                        execution, statement.database(), namesOnly(statement.sources()), statement.condition())
                .withNamesApart();
        for (String measurement : scope.measurements()) {
            try (KeptTexts kept = new KeptTexts(execution, memory)) {
                showTagValues(statement, scope, measurement, execution, kept);
            }
        }
    }

    private void showTagValues(
            ShowTagValuesStatement statement,
            SchemaScope scope,
            String measurement,
            Execution execution,
            KeptTexts kept) {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        tagsOf(scope, measurement, statement.keys(), kept)
                .forEach((key, found) -> found.forEach(value -> {
                    keys.add(key);
                    values.add(value);
                }));
        List<String> pageOfKeys = page(keys, statement.limit(), statement.offset());
        if (!pageOfKeys.isEmpty()) {
            execution.table(
                    measurement,
                    List.of("key", "value"),
                    StringColumn.of(pageOfKeys),
                    StringColumn.of(page(values, statement.limit(), statement.offset())));
        }
    }

    /** The tags of the scope's series of a measurement that are wanted: keys and their values, all in order. */
    private Map<String, Set<String>> tagsOf(
            SchemaScope scope, String measurement, TagKeyFilter filter, KeptTexts kept) {
        Map<String, Set<String>> tags = new TreeMap<>(ByteOrder.STRINGS);
        Map<String, Boolean> wanted = new HashMap<>();
        forEachSeries(
                scope,
                measurement,
                kept,
                series -> series.tags().forEach((name, value) -> {
                    if (wanted.computeIfAbsent(name, fresh -> isWanted(filter, fresh))
                            && tags.computeIfAbsent(name, fresh -> new TreeSet<>(ByteOrder.STRINGS))
                                    .add(value)) {
                        kept.keep(value);
                    }
                }));
        return tags;
    }

    private Set<String> tagKeysOf(SchemaScope scope, String measurement, KeptTexts kept) {
        Set<String> keys = new TreeSet<>(ByteOrder.STRINGS);
        forEachSeries(scope, measurement, kept, series -> series.tags().forEach((name, value) -> keys.add(name)));
        return keys;
    }

    private void forEachSeries(SchemaScope scope, String measurement, KeptTexts kept, Consumer<SeriesKey> consumer) {
        PrimitiveIterator.OfInt series = scope.series(measurement).iterator();
        while (series.hasNext()) {
            kept.nextSeries();
            consumer.accept(reader.seriesKey(scope.database().id(), series.nextInt()));
        }
    }

    static boolean isWanted(TagKeyFilter filter, String key) {
        if (filter.operand() instanceof ListLiteral list) {
            return list.values().contains(key);
        }
        boolean matches = filter.operand() instanceof RegexLiteral regex
                ? regex.pattern().matcher(key).find()
                : ((StringLiteral) filter.operand()).value().equals(key);
        boolean negated =
                filter.operator() == BinaryOperator.NOT_EQUAL || filter.operator() == BinaryOperator.REGEX_NO_MATCH;
        return matches != negated;
    }

    private void showFieldKeys(ShowFieldKeysStatement statement, Execution execution) {
        String database = SchemaScope.databaseOf(statement.database(), statement.sources(), execution);
        SchemaScope scope =
                scope(execution, database, statement.sources(), null).inDefaultPolicy(execution);
        for (String measurement : scope.measurements()) {
            List<String> names = new ArrayList<>();
            List<String> types = new ArrayList<>();
            fieldsOf(scope, measurement)
                    .forEach((name, found) -> found.forEach(type -> {
                        names.add(name);
                        types.add(type.influxName());
                    }));
            List<String> pageOfNames = page(names, statement.limit(), statement.offset());
            if (!pageOfNames.isEmpty()) {
                execution.table(
                        measurement,
                        List.of("fieldKey", "fieldType"),
                        StringColumn.of(pageOfNames),
                        StringColumn.of(page(types, statement.limit(), statement.offset())));
            }
        }
    }

    /** The fields of a measurement over the shards of the scope: names and types in order. */
    Map<String, Set<FieldType>> fieldsOf(SchemaScope scope, String measurement) {
        Map<String, Set<FieldType>> fields = new TreeMap<>(ByteOrder.STRINGS);
        scope.shards(measurement)
                .forEach(shard -> reader.schema(shard, measurement)
                        .fields()
                        .forEach((name, type) -> fields.computeIfAbsent(name, fresh -> new TreeSet<>(BY_NAME))
                                .add(type)));
        return fields;
    }
}
