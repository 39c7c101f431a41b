package dev.sluice.query.source;

import dev.sluice.catalog.ShardGroup;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.FieldType;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.BatchStatistics;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A measurement in the store, through the shards of one retention policy that a time range touches. */
final class StoredMeasurement implements RowSource {

    private final SeriesReader reader;
    private final DatabaseId database;
    private final String name;
    private final List<ShardGroup> shards;
    private final Map<String, FieldType> fields = new HashMap<>();
    private final int[] numbers;
    private final List<TagSet> tags = new ArrayList<>();
    private final Map<Integer, Integer> indexOfNumber = new HashMap<>();

    /**
     * A measurement.
     *
     * @param shards in order of time
     * @param condition of the statement; series whose tags cannot fulfil it may be left out
     */
    StoredMeasurement(
            SeriesReader reader,
            DatabaseId database,
            List<ShardGroup> shards,
            String name,
            @Nullable Expression condition) {
        this.reader = reader;
        this.database = database;
        this.name = name;
        this.shards = shards;
        for (ShardGroup group : shards) {
            reader.schema(group.shard(), name)
                    .fields()
                    .forEach((field, type) -> fields.merge(field, type, TypeOrder::stronger));
        }
        SeriesSet present = reader.select(database, name, TagPruning.selector(condition, fields.keySet()))
                .and(reader.seriesInShards(
                        database, shards.stream().map(ShardGroup::shard).toList()));
        Integer[] ordered = Arrays.stream(present.toArray()).boxed().toArray(Integer[]::new);
        Map<Integer, TagSet> tagsOf = new HashMap<>();
        Map<Integer, String> keys = new HashMap<>();
        for (Integer number : ordered) {
            SeriesKey key = reader.seriesKey(database, number);
            tagsOf.put(number, key.tags());
            keys.put(number, key.canonical());
        }
        Arrays.sort(ordered, Comparator.comparing(keys::get));
        numbers = Arrays.stream(ordered).mapToInt(Integer::intValue).toArray();
        for (int index = 0; index < numbers.length; index++) {
            tags.add(tagsOf.get(numbers[index]));
            indexOfNumber.put(numbers[index], index);
        }
    }

    private StoredMeasurement(StoredMeasurement same, Map<String, FieldType> promised) {
        this.reader = same.reader;
        this.database = same.database;
        this.name = same.name;
        this.shards = same.shards;
        this.numbers = same.numbers;
        this.tags.addAll(same.tags);
        this.indexOfNumber.putAll(same.indexOfNumber);
        same.fields.keySet().forEach(field -> this.fields.put(field, promised.get(field)));
    }

    @Override
    public RowSource promising(Map<String, FieldType> types) {
        boolean asItIs = fields.entrySet().stream()
                .allMatch(field -> TypeOrder.isSameColumn(field.getValue(), types.get(field.getKey())));
        return asItIs ? this : new StoredMeasurement(this, types);
    }

    @Override
    public int shardCount() {
        return (int) shards.stream()
                .filter(group -> reader.isVisibleShard(database, group.shard(), name))
                .count();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, FieldType> fields() {
        return fields;
    }

    @Override
    public Set<String> tagKeys() {
        return new TreeSet<>(reader.tagKeys(database, name));
    }

    @Override
    public List<TagSet> series() {
        return tags;
    }

    private List<ShardGroup> shards(TimeRange range, boolean ascending) {
        List<ShardGroup> touched = new ArrayList<>();
        for (ShardGroup group : shards) {
            if (group.timeRange().overlaps(range)) {
                touched.add(ascending ? touched.size() : 0, group);
            }
        }
        return touched;
    }

    private SeriesScan openScan(
            ShardGroup group, SeriesSet series, List<String> wanted, TimeRange range, boolean ascending) {
        return reader.openScan(new ScanRequest(database, group.shard(), name, series, wanted, range, ascending));
    }

    /** Whether the shard's columns have other types than those promised. */
    private boolean converts(ShardGroup group, List<String> wanted) {
        MeasurementSchema schema = reader.schema(group.shard(), name);
        for (String field : wanted) {
            FieldType stored = schema.find(field);
            FieldType promised = fields.get(field);
            if (promised != null && (stored == null || !TypeOrder.isSameColumn(stored, promised))) {
                return true;
            }
        }
        return false;
    }

    private ColumnBatch convert(ColumnBatch batch, List<String> wanted) {
        Column[] columns = new Column[batch.columns().size()];
        columns[0] = batch.column(0);
        for (int i = 1; i < columns.length; i++) {
            FieldType promised = fields.get(wanted.get(i - 1));
            columns[i] = promised == null ? batch.column(i) : TypeOrder.convert(batch.column(i), promised);
        }
        return ColumnBatch.of(columns);
    }

    @Override
    public RowCursor open(int series, List<String> wanted, TimeRange range, boolean ascending) {
        return new SeriesCursor(SeriesSet.of(numbers[series]), wanted, range, ascending);
    }

    @Override
    public void scan(
            IntPredicate wanted, List<String> wantedFields, TimeRange range, boolean ascending, ScanVisitor visitor) {
        SeriesSet selected = SeriesSet.of(Arrays.stream(numbers)
                .filter(number -> wanted.test(indexOfNumber.get(number)))
                .toArray());
        for (ShardGroup group : shards(range, ascending)) {
            boolean converts = converts(group, wantedFields);
            try (SeriesScan scan = openScan(group, selected, wantedFields, range, ascending)) {
                while (scan.nextSeries()) {
                    visitor.beginSeries(indexOfNumber.get(scan.series()));
                    scanSeries(scan, wantedFields, converts, visitor);
                    visitor.endSeries();
                }
            }
        }
    }

    private void scanSeries(SeriesScan scan, List<String> wanted, boolean converts, ScanVisitor visitor) {
        while (true) {
            if (!converts) {
                BatchStatistics statistics = scan.peekStatistics();
                if (statistics != null && visitor.takeStatistics(statistics)) {
                    scan.skipBatch();
                    continue;
                }
            }
            ColumnBatch batch = scan.nextBatch();
            if (batch == null) {
                return;
            }
            if (!converts) {
                visitor.take(batch);
                continue;
            }
            NonEmptyRows rows = new NonEmptyRows(convert(batch, wanted));
            for (ColumnBatch run; (run = rows.next()) != null; ) {
                visitor.take(run);
            }
        }
    }

    /** One series through its shards; a shard is opened when the one before it is read. */
    private final class SeriesCursor implements RowCursor {

        private final SeriesSet series;
        private final List<String> wanted;
        private final TimeRange range;
        private final boolean ascending;
        private final List<ShardGroup> rest;
        private boolean converts;
        private @Nullable SeriesScan scan;
        private @Nullable NonEmptyRows converted;

        SeriesCursor(SeriesSet series, List<String> wanted, TimeRange range, boolean ascending) {
            this.series = series;
            this.wanted = wanted;
            this.range = range;
            this.ascending = ascending;
            this.rest = new ArrayList<>(shards(range, ascending));
        }

        @Override
        public @Nullable ColumnBatch next() {
            while (true) {
                ColumnBatch run = converted == null ? null : converted.next();
                if (run != null) {
                    return run;
                }
                converted = null;
                if (scan != null) {
                    ColumnBatch batch = scan.nextBatch();
                    if (batch != null && !converts) {
                        return batch;
                    }
                    if (batch != null) {
                        converted = new NonEmptyRows(convert(batch, wanted));
                        continue;
                    }
                    close();
                }
                if (rest.isEmpty()) {
                    return null;
                }
                ShardGroup group = rest.remove(0);
                SeriesScan opened = openScan(group, series, wanted, range, ascending);
                if (opened.nextSeries()) {
                    converts = converts(group, wanted);
                    scan = opened;
                } else {
                    opened.close();
                }
            }
        }

        @Override
        public void close() {
            if (scan != null) {
                scan.close();
                scan = null;
            }
        }
    }
}
