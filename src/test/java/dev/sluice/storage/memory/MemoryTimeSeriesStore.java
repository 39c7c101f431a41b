package dev.sluice.storage.memory;

import dev.sluice.model.ByteOrder;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.AppendOutcome;
import dev.sluice.storage.DatabaseStatistics;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanExtent;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import dev.sluice.storage.ShardStatistics;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.StoreHealth;
import dev.sluice.storage.StoreStatistics;
import dev.sluice.storage.TimeSeriesStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A store in plain maps under one lock, for tests. */
public final class MemoryTimeSeriesStore implements TimeSeriesStore {

    private final int rowsPerBatch;
    private final boolean statistics;
    private final Map<DatabaseId, MemoryDatabase> databases = new HashMap<>();
    private boolean closed;
    private long appendCount;

    private MemoryTimeSeriesStore(int rowsPerBatch, boolean statistics) {
        this.rowsPerBatch = rowsPerBatch;
        this.statistics = statistics;
    }

    /** A store whose scans give all rows of a series in one batch, without statistics. */
    public MemoryTimeSeriesStore() {
        this(Integer.MAX_VALUE, false);
    }

    /** A store whose scans give batches of the given size, without statistics. */
    public static MemoryTimeSeriesStore withBatchesOf(int rows) {
        return new MemoryTimeSeriesStore(rows, false);
    }

    /** A store whose scans give batches of the given size, each of which has statistics. */
    public static MemoryTimeSeriesStore withStatisticsForBatchesOf(int rows) {
        return new MemoryTimeSeriesStore(rows, true);
    }

    // ------------------------------------------------------------------ appending

    @Override
    public synchronized AppendOutcome append(DatabaseId database, PointBatch points) {
        if (closed) {
            throw new StorageException("the store is closed");
        }
        MemoryDatabase target = databases.computeIfAbsent(database, fresh -> new MemoryDatabase());
        Map<ShardId, AppendOutcome.Rejection> rejections = new LinkedHashMap<>();
        List<ShardId> order = new ArrayList<>();
        for (int point = 0; point < points.pointCount(); point++) {
            if (points.shardId(point) == 0) {
                continue;
            }
            ShardId shard = new ShardId(points.shardId(point));
            if (!order.contains(shard)) {
                order.add(shard);
            }
            String conflict = append(target, shard, points, point);
            if (!conflict.isEmpty()) {
                rejections.merge(
                        shard,
                        new AppendOutcome.Rejection(shard, conflict, 1),
                        (first, next) -> new AppendOutcome.Rejection(shard, first.reason(), first.pointCount() + 1));
            }
        }
        appendCount++;
        return new AppendOutcome(order.stream()
                .filter(rejections::containsKey)
                .map(rejections::get)
                .toList());
    }

    /** Stores one point; returns why it was left out, or nothing. */
    private static String append(MemoryDatabase database, ShardId shardId, PointBatch points, int point) {
        SeriesKey key = CanonicalText.parse(key(points, point));
        MemoryShard shard = database.shards.computeIfAbsent(shardId, fresh -> new MemoryShard());
        Map<String, FieldType> schema = new HashMap<>(shard.schemas.getOrDefault(key.measurement(), Map.of()));
        Map<String, Object> values = new HashMap<>();
        int start = points.columnStart(points.layout(point));
        for (int column = start; column < points.columnEnd(points.layout(point)); column++) {
            if (points.columnTypeCode(column) == PointBatch.HIDDEN) {
                continue;
            }
            String name = points.text(points.columnNameOffset(column), points.columnNameLength(column));
            FieldType type = FieldType.ofCode(points.columnTypeCode(column));
            FieldType known = schema.putIfAbsent(name, type);
            if (known != null && known != type) {
                return "field type conflict: input field \"" + name + "\" on measurement \"" + key.measurement()
                        + "\" is type " + type.influxName() + ", already exists as type " + known.influxName();
            }
            values.put(name, value(points, points.fieldStart(point) + column - start, type));
        }
        if (!values.isEmpty()) {
            shard.schemas.put(key.measurement(), schema);
            shard.put(database.number(key), points.timestampNanos(point), values);
        }
        return "";
    }

    private static String key(PointBatch points, int point) {
        int key = points.key(point);
        return points.text(points.keyOffset(key), points.keyLength(key));
    }

    private static Object value(PointBatch points, int field, FieldType type) {
        long bits = points.fieldBits(field);
        return switch (type) {
            case FLOAT -> Double.longBitsToDouble(bits);
            case INTEGER, UNSIGNED -> bits;
            case BOOLEAN -> bits != 0;
            case STRING -> {
                int offset = PointBatch.stringOffset(bits);
                yield Arrays.copyOfRange(points.arena(), offset, offset + PointBatch.stringLength(bits));
            }
        };
    }

    // ------------------------------------------------------------------ reading

    private MemoryDatabase find(DatabaseId database) {
        return databases.getOrDefault(database, new MemoryDatabase());
    }

    private Stream<SeriesKey> series(DatabaseId database, String measurement) {
        return find(database).series.values().stream()
                .filter(key -> key.measurement().equals(measurement));
    }

    @Override
    public synchronized List<String> measurements(DatabaseId database) {
        return sorted(find(database).series.values().stream().map(SeriesKey::measurement));
    }

    @Override
    public synchronized List<String> tagKeys(DatabaseId database, String measurement) {
        List<String> keys = new ArrayList<>();
        series(database, measurement).forEach(key -> key.tags().forEach((tag, value) -> keys.add(tag)));
        return sorted(keys.stream());
    }

    @Override
    public synchronized List<String> tagValues(DatabaseId database, String measurement, String tagKey) {
        return sorted(series(database, measurement)
                .map(key -> key.tags().valueOrEmpty(tagKey))
                .filter(Predicate.not(String::isEmpty)));
    }

    private static List<String> sorted(Stream<String> names) {
        return names.distinct().sorted(ByteOrder.STRINGS).toList();
    }

    @Override
    public synchronized SeriesSet select(DatabaseId database, String measurement, SeriesSelector selector) {
        return SeriesSet.of(find(database).series.entrySet().stream()
                .filter(entry -> entry.getValue().measurement().equals(measurement))
                .filter(entry -> MemoryDatabase.matches(entry.getValue().tags(), selector))
                .mapToInt(Map.Entry::getKey)
                .toArray());
    }

    @Override
    public synchronized SeriesSet seriesInShards(DatabaseId database, Collection<ShardId> shards) {
        return SeriesSet.of(find(database).shards.entrySet().stream()
                .filter(entry -> shards.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().rows.keySet().stream())
                .mapToInt(Integer::intValue)
                .toArray());
    }

    @Override
    public synchronized SeriesKey seriesKey(DatabaseId database, int series) {
        SeriesKey key = find(database).known.get(series);
        if (key == null) {
            throw new IllegalArgumentException("no series has the number " + series);
        }
        return key;
    }

    @Override
    public synchronized int[] inKeyOrder(DatabaseId database, SeriesSet series) {
        Map<String, Integer> numbers = new TreeMap<>(ByteOrder.STRINGS);
        for (int number : series.toArray()) {
            numbers.put(seriesKey(database, number).canonical(), number);
        }
        return numbers.values().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public synchronized MeasurementSchema schema(ShardId shard, String measurement) {
        return databases.values().stream()
                .filter(database -> database.shards.containsKey(shard))
                .map(database -> database.shards.get(shard).schemas.getOrDefault(measurement, Map.of()))
                .map(MeasurementSchema::new)
                .findFirst()
                .orElse(MeasurementSchema.EMPTY);
    }

    /** {@inheritDoc} A scan sees all its series as they are at this moment. */
    /** Everything is in memory. */
    @Override
    public synchronized ScanExtent extent(ScanRequest request) {
        MemoryShard shard = find(request.database()).shards.getOrDefault(request.shard(), new MemoryShard());
        TimeRange range = request.range();
        long values = 0;
        for (int series : request.series().toArray()) {
            TreeMap<Long, Map<String, Object>> stored = shard.rows.get(series);
            if (stored != null && !range.isEmpty()) {
                for (Map<String, Object> row : stored.subMap(range.minNanos(), true, range.maxNanos(), true)
                        .values()) {
                    values += request.fields().stream().filter(row::containsKey).count();
                }
            }
        }
        return new ScanExtent(values, 0, 0, 0);
    }

    @Override
    public synchronized SeriesScan openScan(ScanRequest request) {
        if (closed) {
            throw new StorageException("the store is closed");
        }
        MemoryShard shard = find(request.database()).shards.getOrDefault(request.shard(), new MemoryShard());
        TimeRange range = request.range();
        TreeMap<Integer, List<MemoryScan.Row>> rows = new TreeMap<>();
        for (int series : request.series().toArray()) {
            TreeMap<Long, Map<String, Object>> stored = shard.rows.get(series);
            List<MemoryScan.Row> selected = new ArrayList<>();
            if (stored != null && !range.isEmpty()) {
                stored.subMap(range.minNanos(), true, range.maxNanos(), true).forEach((time, values) -> {
                    if (request.fields().isEmpty() || request.fields().stream().anyMatch(values::containsKey)) {
                        selected.add(new MemoryScan.Row(time, values));
                    }
                });
            }
            rows.put(series, selected);
        }
        return new MemoryScan(request, schema(request.shard(), request.measurement()), rows, rowsPerBatch, statistics);
    }

    // ------------------------------------------------------------------ removing

    @Override
    public synchronized void deleteRange(
            DatabaseId database, Collection<ShardId> shards, SeriesSet series, TimeRange range) {
        if (range.isEmpty()) {
            return;
        }
        MemoryDatabase target = find(database);
        target.shards.forEach((id, shard) -> shard.rows.forEach((number, rows) -> {
            if (shards.contains(id) && series.contains(number)) {
                rows.subMap(range.minNanos(), true, range.maxNanos(), true).clear();
            }
        }));
        target.forgetEmptySeries();
    }

    @Override
    public synchronized void dropSeries(DatabaseId database, SeriesSet series) {
        MemoryDatabase target = find(database);
        target.shards.values().forEach(shard -> shard.rows.keySet().removeIf(series::contains));
        target.forgetEmptySeries();
    }

    @Override
    public synchronized void dropMeasurement(DatabaseId database, String measurement) {
        dropSeries(database, select(database, measurement, SeriesSelector.ALL));
        find(database).shards.values().forEach(shard -> shard.schemas.remove(measurement));
    }

    @Override
    public synchronized void dropShard(DatabaseId database, ShardId shard) {
        MemoryDatabase target = find(database);
        target.shards.remove(shard);
        target.forgetEmptySeries();
    }

    @Override
    public synchronized void dropDatabase(DatabaseId database) {
        databases.remove(database);
    }

    // ------------------------------------------------------------------ state

    @Override
    public synchronized Map<DatabaseId, Set<ShardId>> shards() {
        Map<DatabaseId, Set<ShardId>> shards = new HashMap<>();
        databases.forEach((id, database) -> shards.put(id, Set.copyOf(database.shards.keySet())));
        return shards;
    }

    @Override
    public synchronized StoreStatistics statistics() {
        long series = databases.values().stream()
                .mapToLong(each -> each.series.size())
                .sum();
        long measurements = databases.keySet().stream()
                .mapToLong(database -> measurements(database).size())
                .sum();
        return new StoreStatistics(series, measurements, 0, 0, 0, 0, 0, 0, 0, appendCount, 0, 0);
    }

    @Override
    public synchronized long indexSizeInBytes() {
        return databases.values().stream().mapToLong(each -> each.series.size()).sum();
    }

    @Override
    public synchronized DatabaseStatistics statistics(DatabaseId database) {
        return new DatabaseStatistics(
                measurements(database).size(), find(database).series.size());
    }

    @Override
    public synchronized ShardStatistics statistics(DatabaseId database, ShardId shard) {
        MemoryShard found = find(database).shards.get(shard);
        return found == null
                ? new ShardStatistics(0, 0, 0)
                : new ShardStatistics(
                        seriesInShards(database, Set.of(shard)).size(),
                        found.schemas.values().stream()
                                .mapToLong(schema -> schema.size())
                                .sum(),
                        0);
    }

    @Override
    public StoreHealth health() {
        return StoreHealth.WRITABLE;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
