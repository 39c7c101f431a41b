package dev.sluice.storage.rocksdb;

import dev.sluice.model.PointBatch;
import dev.sluice.model.ShardId;
import dev.sluice.storage.AppendOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the series and fields of a batch's points, enters new ones, decides which points are left out, and writes the
 * log entry. What many points share, series and layout, is looked up once. One instance serves one append.
 */
final class BatchResolver {

    private static final int UNKNOWN = -1;
    private static final int REFUSED = -2;

    private final RocksStoreOptions options;
    private final long databaseId;
    private final DatabaseState database;
    private final ShardSchemas schemas;
    private final Head head;
    private final PointBatch points;
    private final LayoutResolver layouts;

    /** For each key of the batch: the number of its series, and why it has none. */
    private final int[] series;

    private final @Nullable String[] refusals;

    /** For each key, where its points of the shard go that was asked for last. */
    private final @Nullable Destination[] latest;

    private final List<Destination> destinations = new ArrayList<>();
    private final int[] nextPoints;
    private final @Nullable ResolvedLayout[] pointLayouts;

    private final Map<Long, String> reasons = new LinkedHashMap<>();
    private final Map<Long, Integer> rejected = new LinkedHashMap<>();
    private final Set<ShardSchemas.Fields> changedFields = new HashSet<>();
    private final List<FieldsOfShard> newFields = new ArrayList<>();
    private final Map<Integer, byte[]> newSeries = new HashMap<>();
    private final Set<DatabaseState.ShardMember> newMembers = new HashSet<>();
    private int accepted;
    private long headGrowth;

    private long lastMeasurementShard;
    private byte[] lastMeasurement = new byte[0];
    private ShardSchemas.@Nullable Fields lastFields;

    /** Fields of a measurement in a shard that have to be made durable, as many as there were when they were noted. */
    record FieldsOfShard(long shard, String measurement, ShardSchemas.Fields fields) {}

    BatchResolver(
            RocksStoreOptions options,
            long databaseId,
            DatabaseState database,
            ShardSchemas schemas,
            Head head,
            PointBatch points) {
        this.databaseId = databaseId;
        this.options = options;
        this.database = database;
        this.schemas = schemas;
        this.head = head;
        this.points = points;
        this.layouts = new LayoutResolver(points);
        this.series = new int[points.keyCount()];
        this.refusals = new String[points.keyCount()];
        this.latest = new Destination[points.keyCount()];
        this.nextPoints = new int[points.pointCount()];
        this.pointLayouts = new ResolvedLayout[points.pointCount()];
        Arrays.fill(series, UNKNOWN);
    }

    /** Resolves all points and writes those that are not left out to a log entry. */
    LogEntry resolve() {
        LogEntry log = new LogEntry(databaseId, points.pointCount() * 8 + points.fieldCount() * 3);
        for (int point = 0; point < points.pointCount(); point++) {
            long shard = points.shardId(point);
            if (shard == 0) {
                continue;
            }
            Destination destination = destination(points.key(point), shard);
            if (destination == null) {
                reject(shard, String.valueOf(refusals[points.key(point)]));
                continue;
            }
            ResolvedLayout layout = layout(points.layout(point), destination);
            if (layout.refusal != null) {
                reject(shard, layout.refusal);
            } else if (layout.layout().size() > 0) {
                accept(point, destination, layout, log);
            }
        }
        return log;
    }

    private void accept(int point, Destination destination, ResolvedLayout layout, LogEntry log) {
        if (layout.logNumber < 0) {
            layout.logNumber = log.nextLayout();
        }
        int from = points.fieldStart(point);
        boolean gaps = layout.hasGaps();
        log.add(
                destination.shard,
                destination.series,
                points.timestampNanos(point),
                layout.layout(),
                layout.logNumber,
                gaps ? layout.gather(points.fieldBits(), from) : points.fieldBits(),
                gaps ? 0 : from,
                points.arena());
        pointLayouts[point] = layout;
        destination.add(point, nextPoints);
        accepted++;
    }

    /** Where the points of a key in a shard go; null when the series may not come into being. */
    private @Nullable Destination destination(int key, long shard) {
        Destination found = latest[key];
        if (found != null && found.shard == shard) {
            return found;
        }
        for (Destination other = found; other != null; other = other.otherShard) {
            if (other.shard == shard) {
                return other;
            }
        }
        if (series[key] == UNKNOWN) {
            series[key] = resolveSeries(key);
        }
        if (series[key] == REFUSED) {
            return null;
        }
        Head.Shard rowsOfShard = head.shard(shard);
        HeadSeries rows = rowsOfShard.find(series[key]);
        if (rows == null) {
            ShardSchemas.Fields fields = fields(key, shard);
            rows = rowsOfShard.find(series[key], fresh -> new HeadSeries(fields));
            headGrowth += HeadSeries.OVERHEAD_IN_BYTES;
        }
        Destination destination = new Destination(shard, series[key], rows, found);
        latest[key] = destination;
        destinations.add(destination);
        return destination;
    }

    /** The fields of a key's measurement in a shard; series that are new to the head come in crowds of one measurement. */
    private ShardSchemas.Fields fields(int key, long shard) {
        byte[] arena = points.arena();
        int start = points.keyOffset(key);
        int end = start;
        int keyEnd = start + points.keyLength(key);
        while (end < keyEnd && (arena[end] != ',' || arena[end - 1] == '\\')) {
            end++;
        }
        if (lastFields == null
                || lastMeasurementShard != shard
                || !Arrays.equals(lastMeasurement, 0, lastMeasurement.length, arena, start, end)) {
            lastFields = schemas.fields(databaseId, shard, measurement(series[key]));
            lastMeasurement = Arrays.copyOfRange(arena, start, end);
            lastMeasurementShard = shard;
        }
        return Objects.requireNonNull(lastFields);
    }

    private String measurement(int number) {
        return database.index.measurement(number);
    }

    private int resolveSeries(int key) {
        int offset = points.keyOffset(key);
        int length = points.keyLength(key);
        int number = database.index.find(points.arena(), offset, length);
        if (number < 0) {
            byte[] canonical = Arrays.copyOfRange(points.arena(), offset, offset + length);
            refusals[key] = refusal(canonical);
            if (refusals[key] != null) {
                return REFUSED;
            }
            number = database.index.add(canonical);
            database.pendingSeries.add(number);
        }
        if (!database.pendingSeries.isEmpty() && database.pendingSeries.contains(number)) {
            newSeries.put(number, Arrays.copyOfRange(points.arena(), offset, offset + length));
        }
        return number;
    }

    private @Nullable String refusal(byte[] key) {
        long limit = options.maxSeriesPerDatabase();
        if (limit > 0 && database.index.seriesCount() + newSeries.size() >= limit) {
            return "max-series-per-database limit exceeded: (" + limit + ")";
        }
        return database.index.violatedTagLimit(key, options.maxValuesPerTag());
    }

    private ResolvedLayout layout(int layout, Destination destination) {
        ResolvedLayout resolved = destination.resolved;
        if (resolved == null || destination.layout != layout) {
            resolved = layouts.resolve(layout, destination.fields(), () -> measurement(destination.series));
            destination.resolved = resolved;
            destination.layout = layout;
        }
        return resolved;
    }

    private void reject(long shard, String reason) {
        reasons.putIfAbsent(shard, reason);
        rejected.merge(shard, 1, Integer::sum);
    }

    /** Notes what has to be made durable together with the points. */
    void noteNews() {
        for (Destination destination : destinations) {
            if (!destination.hasPoints()) {
                continue;
            }
            long shard = destination.shard;
            boolean added = database.index.addToShard(new ShardId(shard), destination.series);
            if (added || !database.pendingMembers.isEmpty()) {
                DatabaseState.ShardMember member = new DatabaseState.ShardMember(shard, destination.series);
                if (added) {
                    database.pendingMembers.add(member);
                }
                if (database.pendingMembers.contains(member)) {
                    newMembers.add(member);
                }
            }
            ShardSchemas.Fields fields = destination.fields();
            if (!fields.notDurable().isEmpty() && changedFields.add(fields)) {
                newFields.add(new FieldsOfShard(shard, measurement(destination.series), fields));
            }
        }
    }

    /** Puts the points that were not left out into the head; returns an estimate of the bytes they take there. */
    long apply() {
        long[] values = points.fieldBits();
        byte[] arena = points.arena();
        long bytes = headGrowth;
        for (Destination destination : destinations) {
            HeadSeries rows = destination.rows;
            synchronized (rows) {
                for (int point = destination.firstPoint(); point >= 0; point = nextPoints[point]) {
                    ResolvedLayout resolved = Objects.requireNonNull(pointLayouts[point]);
                    FieldLayout layout = resolved.layout();
                    int from = points.fieldStart(point);
                    boolean gaps = resolved.hasGaps();
                    long[] row = gaps ? resolved.gather(values, from) : values;
                    int at = gaps ? 0 : from;
                    rows.addLocked(layout, points.timestampNanos(point), row, at, arena);
                    bytes += layout.rowSizeInBytes(row, at);
                }
            }
        }
        return bytes;
    }

    int accepted() {
        return accepted;
    }

    /** Series to be made durable, with their canonical keys. */
    Map<Integer, byte[]> newSeries() {
        return newSeries;
    }

    Set<DatabaseState.ShardMember> newMembers() {
        return newMembers;
    }

    List<FieldsOfShard> newFields() {
        return newFields;
    }

    AppendOutcome outcome() {
        if (reasons.isEmpty()) {
            return AppendOutcome.COMPLETE;
        }
        return new AppendOutcome(reasons.entrySet().stream()
                .map(entry -> new AppendOutcome.Rejection(
                        new ShardId(entry.getKey()), entry.getValue(), rejected.get(entry.getKey())))
                .toList());
    }
}
