package dev.sluice.query.source;

import dev.sluice.catalog.ShardGroup;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.FieldType;
import dev.sluice.model.ShardId;
import dev.sluice.model.TagSet;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.BatchStatistics;
import dev.sluice.storage.DecodedColumns;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanExtent;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A measurement in the store, through the shards of one retention policy that a time range touches. */
final class StoredMeasurement implements RowSource {

    private final SeriesReader reader;
    private final DatabaseId database;
    private final String name;
    private final List<ShardGroup> shards;
    private final Map<String, FieldType> fields = new HashMap<>();

    /** The types that columns are read with: those of this source's fields, or those that all sources agree on. */
    private final Map<String, FieldType> promised;

    /** What was read so far; scans run on several threads. */
    private final Map<ShardId, ReadCounts> reads;

    private final int[] numbers;
    private final List<TagSet> tags;

    /** The series' numbers in their own order, and the index of each. */
    private final int[] ascendingNumbers;

    private final int[] indexes;

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
        this.reads = new ConcurrentHashMap<>();
        for (ShardGroup group : shards) {
            reader.schema(group.shard(), name)
                    .fields()
                    .forEach((field, type) -> fields.merge(field, type, TypeOrder::stronger));
        }
        promised = fields;
        SeriesSet present = reader.select(database, name, TagPruning.selector(condition(condition), fields.keySet()))
                .and(reader.seriesInShards(
                        database, shards.stream().map(ShardGroup::shard).toList()));
        numbers = reader.inKeyOrder(database, present);
        tags = new TagsOfSeries(reader, database, numbers);
        ascendingNumbers = present.toArray();
        indexes = new int[numbers.length];
        for (int index = 0; index < numbers.length; index++) {
            indexes[Arrays.binarySearch(ascendingNumbers, numbers[index])] = index;
        }
    }

    /** Made when asked for: the tags of a million series would take half a gigabyte. */
    private static final class TagsOfSeries extends AbstractList<TagSet> implements RandomAccess {

        private final SeriesReader reader;
        private final DatabaseId database;
        private final int[] numbers;

        TagsOfSeries(SeriesReader reader, DatabaseId database, int[] numbers) {
            this.reader = reader;
            this.database = database;
            this.numbers = numbers;
        }

        @Override
        public TagSet get(int index) {
            return reader.seriesKey(database, numbers[index]).tags();
        }

        @Override
        public int size() {
            return numbers.length;
        }
    }

    private StoredMeasurement(StoredMeasurement same, Map<String, FieldType> promised) {
        this.reader = same.reader;
        this.database = same.database;
        this.name = same.name;
        this.shards = same.shards;
        this.numbers = same.numbers;
        this.tags = same.tags;
        this.ascendingNumbers = same.ascendingNumbers;
        this.indexes = same.indexes;
        this.reads = same.reads;
        same.fields.keySet().forEach(field -> this.fields.put(field, promised.get(field)));
        this.promised = promised;
    }

    @Override
    public RowSource promising(Map<String, FieldType> types) {
        // A field that only other sources have is read here as well, as a column of nulls of its type.
        boolean asItIs = types.size() == fields.size()
                && fields.entrySet().stream()
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
    public List<ShardReading> shards() {
        // A measurement without series, which may be one that nobody may know of, has no shards.
        return reader.select(database, name, SeriesSelector.ALL).isEmpty()
                ? List.of()
                : shards.stream()
                        .filter(group -> reader.isVisibleShard(database, group.shard(), name))
                        .map(group -> (ShardReading) new OneShard(group.shard(), reads(group)))
                        .toList();
    }

    private ReadCounts reads(ShardGroup group) {
        return reads.computeIfAbsent(group.shard(), fresh -> new ReadCounts());
    }

    private final class OneShard implements ShardReading {

        private final ShardId shard;
        private final ReadCounts counts;
        private final SeriesSet present;

        OneShard(ShardId shard, ReadCounts counts) {
            this.shard = shard;
            this.counts = counts;
            this.present = reader.seriesInShards(database, List.of(shard));
        }

        @Override
        public ShardId shard() {
            return shard;
        }

        @Override
        public boolean holds(int series) {
            return present.contains(numbers[series]);
        }

        @Override
        public @Nullable FieldType type(String field) {
            return reader.schema(shard, name).find(field);
        }

        @Override
        public ScanExtent extent(int[] series, List<String> wanted, TimeRange range) {
            SeriesSet selected = SeriesSet.of(
                    Arrays.stream(series).map(index -> numbers[index]).toArray());
            return reader.extent(new ScanRequest(database, shard, name, selected, wanted, range, true));
        }

        @Override
        public long decodedBlocks(String field) {
            return counts.blocks(field);
        }

        @Override
        public long decodedBytes(String field) {
            return counts.bytes(field);
        }

        @Override
        public long openingNanos() {
            return counts.openingNanos();
        }
    }

    @Override
    public @Nullable Expression condition(@Nullable Expression condition) {
        return PairedTags.spelledOut(NameConditions.about(name, condition), promised.keySet());
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

    private int indexOf(int number) {
        return indexes[Arrays.binarySearch(ascendingNumbers, number)];
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

    private SeriesScan openScan(ShardGroup group, SeriesSet series, RowRequest request, int rowLimit) {
        long start = System.nanoTime();
        SeriesScan scan = reader.openScan(new ScanRequest(
                database,
                group.shard(),
                name,
                series,
                storedFields(request.fields()),
                request.range(),
                request.ascending(),
                rowLimit));
        reads(group).addOpening(System.nanoTime() - start);
        return scan;
    }

    private void noteDecoded(ShardGroup group, SeriesScan scan, RowRequest request) {
        DecodedColumns decoded = scan.decoded();
        if (decoded != null) {
            reads(group).add(storedFields(request.fields()), decoded);
        }
    }

    private static List<String> storedFields(List<String> wanted) {
        return wanted.stream().map(StoredAs::field).distinct().toList();
    }

    @Override
    public boolean stores(String field, FieldType type) {
        return shards.stream()
                .anyMatch(group -> reader.schema(group.shard(), name).find(field) == type);
    }

    /** Whether the shard's columns have other types than those promised. */
    private boolean converts(ShardGroup group, List<String> wanted) {
        MeasurementSchema schema = reader.schema(group.shard(), name);
        for (String field : wanted) {
            FieldType stored = schema.find(field);
            FieldType wantedType = promised.get(field);
            if (wantedType != null && (stored == null || !TypeOrder.isSameColumn(stored, wantedType))) {
                return true;
            }
        }
        return false;
    }

    private ColumnBatch convert(ColumnBatch batch, List<String> wanted) {
        List<String> stored = storedFields(wanted);
        Column[] columns = new Column[wanted.size() + 1];
        columns[0] = batch.column(0);
        for (int i = 1; i < columns.length; i++) {
            String field = wanted.get(i - 1);
            FieldType wantedType = promised.get(field);
            Column column = batch.column(stored.indexOf(StoredAs.field(field)) + 1);
            columns[i] = wantedType == null ? column : TypeOrder.convert(column, wantedType);
        }
        return ColumnBatch.of(columns);
    }

    @Override
    public RowCursor open(int series, RowRequest request) {
        return new SeriesCursor(SeriesSet.of(numbers[series]), request);
    }

    @Override
    public void scan(IntPredicate wanted, RowRequest request, ScanVisitor visitor) {
        SeriesSet selected = SeriesSet.of(Arrays.stream(numbers)
                .filter(number -> wanted.test(indexOf(number)))
                .toArray());
        RowLimiter limiter = new RowLimiter(visitor, request.rowLimit(), numbers.length);
        for (ShardGroup group : shards(request.range(), request.ascending())) {
            boolean converts = converts(group, request.fields());
            // Conversion may leave rows without a value, which are none: then the store must not count.
            int rowLimit = converts ? 0 : request.rowLimit();
            try (SeriesScan scan = openScan(group, selected, request, rowLimit)) {
                while (scan.nextSeries()) {
                    limiter.beginSeries(indexOf(scan.series()));
                    scanSeries(scan, request.fields(), converts, limiter);
                    limiter.endSeries();
                }
                noteDecoded(group, scan, request);
            }
            if (request.rowLimit() > 0) {
                selected = SeriesSet.of(Arrays.stream(selected.toArray())
                        .filter(number -> limiter.wantsMoreOf(indexOf(number)))
                        .toArray());
            }
        }
    }

    private void scanSeries(SeriesScan scan, List<String> wanted, boolean converts, RowLimiter visitor) {
        while (visitor.wantsMore()) {
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
        private final RowRequest request;
        private final List<ShardGroup> rest;
        private boolean converts;
        private @Nullable ShardGroup group;
        private @Nullable SeriesScan scan;
        private @Nullable NonEmptyRows converted;

        SeriesCursor(SeriesSet series, RowRequest request) {
            this.series = series;
            this.request = request;
            this.rest = new ArrayList<>(shards(request.range(), request.ascending()));
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
                        converted = new NonEmptyRows(convert(batch, request.fields()));
                        continue;
                    }
                    close();
                }
                if (rest.isEmpty()) {
                    return null;
                }
                group = rest.remove(0);
                SeriesScan opened = openScan(group, series, request, 0);
                if (opened.nextSeries()) {
                    converts = converts(group, request.fields());
                    scan = opened;
                } else {
                    opened.close();
                }
            }
        }

        @Override
        public void close() {
            if (scan != null) {
                noteDecoded(Objects.requireNonNull(group), scan, request);
                scan.close();
                scan = null;
            }
        }
    }
}
