package dev.sluice.statement.schema;

import dev.sluice.catalog.Catalog;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.ShowCardinalityStatement;
import dev.sluice.influxql.tree.ShowCardinalityStatement.Subject;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.model.ByteOrder;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import dev.sluice.statement.Execution;
import dev.sluice.statement.Handlers;
import dev.sluice.statement.StatementException;
import dev.sluice.statement.StatementMemory;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesSet;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * SHOW … CARDINALITY. Estimates are exact here, since the index knows the numbers at no cost, and are about every retention
 * policy. Everything else InfluxDB rewrites to a SELECT of counts, and so it reads the default policy, groups by tags, and
 * an offset leaves nothing of its single rows.
 */
public final class CardinalityHandler {

    private final Catalog catalog;
    private final SeriesReader reader;
    private final StatementMemory memory;
    private final SchemaHandlers schema;

    /** A handler that keeps whatever it finds. */
    public CardinalityHandler(Catalog catalog, SeriesReader reader) {
        this(catalog, reader, StatementMemory.UNLIMITED);
    }

    public CardinalityHandler(Catalog catalog, SeriesReader reader, StatementMemory memory) {
        this.catalog = catalog;
        this.reader = reader;
        this.memory = memory;
        this.schema = new SchemaHandlers(catalog, reader, memory);
    }

    /** Enters the handler. */
    public void registerWith(Handlers handlers) {
        handlers.put(
                ShowCardinalityStatement.class,
                (statement, execution) -> seenBy(execution).show(statement, execution));
    }

    /** The same handler over what the caller may read. */
    private CardinalityHandler seenBy(Execution execution) {
        SeriesReader readable = execution.access().readable().of(reader);
        return readable == reader ? this : new CardinalityHandler(catalog, readable, memory);
    }

    private void show(ShowCardinalityStatement statement, Execution execution) {
        if (!statement.isCounted()) {
            estimate(statement, execution);
            return;
        }
        if (statement.subject() != Subject.TAG_VALUES && SchemaScope.beginsWithTime(statement.condition())) {
            String exact = statement.subject() == Subject.FIELD_KEY ? "" : "EXACT ";
            throw new StatementException("SHOW " + statement.subject().name().replace('_', ' ') + " " + exact
                    + "CARDINALITY doesn't support time in WHERE clause");
        }
        SchemaScope scope = SchemaScope.of(
                        catalog,
                        reader,
                        SchemaScope.databaseOf(statement.database(), statement.sources(), execution),
                        statement.sources(),
                        statement.condition(),
                        execution,
                        SchemaHandlers.NOT_A_TAG)
                .inDefaultPolicy(execution)
                .eachInItsPolicy();
        // As a SELECT it reads a system measurement, all of whose rows have the time 0.
        if (scope.hasTimes() && !scope.range().contains(0)) {
            return;
        }
        boolean byTime = statement.dimensions().stream().anyMatch(Call.class::isInstance);
        if (byTime || statement.offset() > 0) {
            return;
        }
        try (KeptTexts kept = new KeptTexts(execution, memory)) {
            Counts counts = new Counts(statement, scope, kept);
            if (statement.subject() == Subject.MEASUREMENT) {
                counts.addMeasurements();
                counts.push("", execution);
                return;
            }
            for (String measurement : counts.measurements) {
                counts.clear();
                counts.add(measurement);
                counts.push(measurement, execution);
            }
        }
    }

    private void estimate(ShowCardinalityStatement statement, Execution execution) {
        String database = execution.database(statement.database());
        long number = 0;
        if (catalog.findDatabase(database).isPresent()) {
            SchemaScope scope =
                    SchemaScope.of(catalog, reader, database, List.of(), null, execution, SchemaHandlers.NOT_A_TAG);
            List<String> measurements = scope.measurements();
            number = statement.subject() == Subject.MEASUREMENT
                    ? measurements.size()
                    : measurements.stream()
                            .mapToLong(name -> scope.series(name).size())
                            .sum();
        }
        execution.table("", List.of("cardinality estimation"), column(number));
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = ByteOrder.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static LongColumn column(long value) {
        return LongColumn.wrapWithoutCopy(new long[] {value}, 1);
    }

    /** Sets of what is counted, one for each group of tag values. */
    private final class Counts {

        private final ShowCardinalityStatement statement;
        private final SchemaScope scope;
        private final KeptTexts kept;
        private final List<String> measurements;
        private final List<String> groupKeys;
        private final Map<List<String>, Set<String>> groups = new TreeMap<>(CardinalityHandler::compare);

        Counts(ShowCardinalityStatement statement, SchemaScope scope, KeptTexts kept) {
            this.statement = statement;
            this.scope = scope;
            this.kept = kept;
            this.measurements = measurementsOf(statement, scope);
            this.groupKeys = List.copyOf(groupKeys());
        }

        private List<String> measurementsOf(ShowCardinalityStatement asked, SchemaScope all) {
            if (asked.subject() == Subject.TAG_VALUES) {
                return reader.measurements(all.database().id()).stream()
                        .filter(name -> all.isSource(name)
                                && !all.seriesWithoutCondition(name).isEmpty())
                        .toList();
            }
            try {
                return all.measurements();
            } catch (StatementException notAboutTags) {
                // As a SELECT it is a condition on fields, of which system measurements have none.
                return List.of();
            }
        }

        private Set<String> groupKeys() {
            Set<String> keys = new TreeSet<>(ByteOrder.STRINGS);
            for (Expression dimension : statement.dimensions()) {
                if (dimension instanceof VarRef tag) {
                    keys.add(tag.name());
                } else if (dimension instanceof Wildcard || dimension instanceof RegexLiteral) {
                    for (String measurement :
                            reader.measurements(scope.database().id())) {
                        if (!scope.isSource(measurement)) {
                            continue;
                        }
                        forEach(
                                scope.seriesWithoutCondition(measurement),
                                series -> series.tags().forEach((key, value) -> {
                                    if (!(dimension instanceof RegexLiteral regex)
                                            || regex.pattern().matcher(key).find()) {
                                        keys.add(key);
                                    }
                                }));
                    }
                }
            }
            return keys;
        }

        void clear() {
            groups.clear();
            kept.clear();
        }

        void addMeasurements() {
            measurements.forEach(measurement -> forEachSeries(measurement, key -> count(key.tags(), measurement)));
        }

        void add(String measurement) {
            Collection<String> fields = statement.subject() == Subject.FIELD_KEY
                    ? schema.fieldsOf(scope, measurement).keySet()
                    : Set.of();
            forEachSeries(measurement, key -> {
                switch (statement.subject()) {
                    case SERIES -> count(key.tags(), key.canonical());
                    case FIELD_KEY -> group(key.tags()).addAll(fields);
                    case TAG_KEY -> key.tags().forEach((tag, value) -> count(key.tags(), tag));
                    case TAG_VALUES -> addValues(key.tags());
                    case MEASUREMENT -> count(key.tags(), measurement);
                }
            });
        }

        private void count(TagSet tags, String text) {
            if (group(tags).add(text)) {
                kept.keep(text);
            }
        }

        private void addValues(TagSet tags) {
            if (TagRowCondition.holds(scope.tagCondition(), tags)) {
                tags.forEach((tag, value) -> {
                    if (statement.keys() != null && SchemaHandlers.isWanted(statement.keys(), tag)) {
                        count(tags, value);
                    }
                });
            }
        }

        private void forEachSeries(String measurement, Consumer<SeriesKey> consumer) {
            SeriesSet series = statement.subject() == Subject.TAG_VALUES
                    ? scope.seriesWithoutCondition(measurement)
                    : scope.series(measurement);
            forEach(series, consumer);
        }

        private void forEach(SeriesSet series, Consumer<SeriesKey> consumer) {
            PrimitiveIterator.OfInt ids = series.iterator();
            while (ids.hasNext()) {
                kept.nextSeries();
                consumer.accept(reader.seriesKey(scope.database().id(), ids.nextInt()));
            }
        }

        private Set<String> group(TagSet tags) {
            List<String> values = groupKeys.stream().map(tags::valueOrEmpty).toList();
            return groups.computeIfAbsent(values, fresh -> new HashSet<>());
        }

        void push(String name, Execution execution) {
            groups.forEach((values, counted) -> {
                Map<String, String> tags = new TreeMap<>(ByteOrder.STRINGS);
                for (int i = 0; i < values.size(); i++) {
                    tags.put(groupKeys.get(i), values.get(i));
                }
                execution
                        .sink()
                        .series(new SeriesHeader(name, tags, List.of("count"), false, new BitSet(), ZoneOffset.UTC));
                execution.sink().rows(ColumnBatch.of(column(counted.size())));
            });
        }
    }
}
