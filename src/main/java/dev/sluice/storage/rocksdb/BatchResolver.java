package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.ShardId;
import dev.sluice.storage.AppendOutcome;
import dev.sluice.storage.codec.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the series and fields of a batch's points, enters new ones, decides which points are left out, and writes the
 * log entry. One instance serves one append.
 */
final class BatchResolver {

    private static final int REJECTED = -1;

    private final RocksStoreOptions options;
    private final long databaseId;
    private final DatabaseState database;
    private final ShardSchemas schemas;
    private final Head head;
    private final PointBatch points;
    private final int[] series;
    private final int[] fieldIds;
    private final Map<Long, String> reasons = new LinkedHashMap<>();
    private final Map<Long, Integer> rejected = new LinkedHashMap<>();
    private final Set<ShardSchemas.Fields> changedFields = new HashSet<>();
    private final List<FieldsOfShard> newFields = new ArrayList<>();
    private final Set<Integer> newSeries = new HashSet<>();
    private final Set<DatabaseState.ShardMember> newMembers = new HashSet<>();
    private int accepted;

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
        this.series = new int[points.pointCount()];
        this.fieldIds = new int[points.fieldCount()];
    }

    /** Resolves all points and writes those that are not left out to a log entry. */
    void resolve(ByteWriter log) {
        long lastTime = 0;
        Head.Shard shard = null;
        long shardId = 0;
        for (int point = 0; point < points.pointCount(); point++) {
            if (points.shardId(point) == 0) {
                series[point] = REJECTED;
                continue;
            }
            if (shard == null || shardId != points.shardId(point)) {
                shardId = points.shardId(point);
                shard = head.shard(shardId);
            }
            int fields = resolvePoint(point, shardId, shard);
            if (fields > 0) {
                long time = points.timestampNanos(point);
                LogEntry.writePoint(log, points, point, series[point], time - lastTime, fieldIds, fields);
                lastTime = time;
                accepted++;
            }
        }
    }

    /** Resolves a point and returns how many fields it has; 0 when it is left out. */
    private int resolvePoint(int point, long shardId, Head.Shard shard) {
        int number = resolveSeries(point, shardId);
        series[point] = number;
        if (number == REJECTED) {
            return 0;
        }
        HeadSeries rows = shard.find(number);
        if (rows == null) {
            rows = enter(number, shardId, shard);
        }
        ShardSchemas.Fields fields = rows.fields();
        int count = 0;
        boolean fresh = false;
        for (int field = points.fieldStart(point); field < points.fieldEnd(point); field++) {
            byte type = points.fieldTypeCode(field);
            if (type == PointBatch.HIDDEN) {
                continue;
            }
            ShardSchemas.Field known =
                    fields.find(points.arena(), points.fieldNameOffset(field), points.fieldNameLength(field), count++);
            if (known == null) {
                fresh = true;
            } else if (known.type().code() != type) {
                reject(point, shardId, conflict(number, field, known));
                return 0;
            } else {
                fieldIds[field] = known.id();
            }
        }
        if (fresh && !enterFields(point, number, shardId, fields)) {
            return 0;
        }
        return count;
    }

    private int resolveSeries(int point, long shardId) {
        int offset = points.keyOffset(point);
        int length = points.keyLength(point);
        int number = database.index.find(points.arena(), offset, length);
        if (number < 0) {
            byte[] key = Arrays.copyOfRange(points.arena(), offset, offset + length);
            String refusal = refusal(key);
            if (refusal != null) {
                reject(point, shardId, refusal);
                return REJECTED;
            }
            number = database.index.add(key);
            database.pendingSeries.add(number);
        }
        if (!database.pendingSeries.isEmpty() && database.pendingSeries.contains(number)) {
            newSeries.add(number);
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

    private HeadSeries enter(int number, long shardId, Head.Shard shard) {
        String measurement = database.index.seriesKey(number).measurement();
        return shard.find(number, fresh -> new HeadSeries(schemas.fields(databaseId, shardId, measurement)));
    }

    /** Gives the fields that are new a number; false when one of them was entered by another batch with another type. */
    private boolean enterFields(int point, int number, long shardId, ShardSchemas.Fields fields) {
        for (int field = points.fieldStart(point); field < points.fieldEnd(point); field++) {
            byte type = points.fieldTypeCode(field);
            if (type == PointBatch.HIDDEN) {
                continue;
            }
            String name = points.text(points.fieldNameOffset(field), points.fieldNameLength(field));
            ShardSchemas.Field entered = fields.add(name, FieldType.ofCode(type));
            if (entered.type().code() != type) {
                reject(point, shardId, conflict(number, field, entered));
                return false;
            }
            fieldIds[field] = entered.id();
        }
        return true;
    }

    /** Notes what has to be made durable together with the points. */
    void noteNews() {
        for (int point = 0; point < points.pointCount(); point++) {
            if (series[point] == REJECTED) {
                continue;
            }
            long shardId = points.shardId(point);
            if (database.index.addToShard(new ShardId(shardId), series[point])) {
                database.pendingMembers.add(new DatabaseState.ShardMember(shardId, series[point]));
            }
            if (!database.pendingMembers.isEmpty()) {
                DatabaseState.ShardMember member = new DatabaseState.ShardMember(shardId, series[point]);
                if (database.pendingMembers.contains(member)) {
                    newMembers.add(member);
                }
            }
            HeadSeries rows = head.find(shardId, series[point]);
            if (rows != null && !rows.fields().notDurable().isEmpty() && changedFields.add(rows.fields())) {
                String measurement = database.index.seriesKey(series[point]).measurement();
                newFields.add(new FieldsOfShard(shardId, measurement, rows.fields()));
            }
        }
    }

    private String conflict(int number, int field, ShardSchemas.Field known) {
        return "field type conflict: input field \""
                + points.text(points.fieldNameOffset(field), points.fieldNameLength(field))
                + "\" on measurement \""
                + database.index.seriesKey(number).measurement()
                + "\" is type "
                + FieldType.ofCode(points.fieldTypeCode(field)).influxName()
                + ", already exists as type "
                + known.type().influxName();
    }

    private void reject(int point, long shardId, String reason) {
        series[point] = REJECTED;
        reasons.putIfAbsent(shardId, reason);
        rejected.merge(shardId, 1, Integer::sum);
    }

    /** Puts the points that were not left out into the head; returns an estimate of the bytes they take there. */
    long apply() {
        long bytes = 0;
        for (int point = 0; point < points.pointCount(); point++) {
            if (series[point] == REJECTED) {
                continue;
            }
            HeadSeries rows = head.find(points.shardId(point), series[point]);
            if (rows == null) {
                throw new IllegalStateException("a resolved series has no place in the head");
            }
            synchronized (rows) {
                rows.beginRowLocked(points.timestampNanos(point));
                bytes += 8;
                for (int field = points.fieldStart(point); field < points.fieldEnd(point); field++) {
                    byte type = points.fieldTypeCode(field);
                    if (type == FieldType.STRING.code()) {
                        int offset = points.stringOffset(field);
                        int length = points.stringLength(field);
                        rows.setLocked(fieldIds[field], Arrays.copyOfRange(points.arena(), offset, offset + length));
                        bytes += 24 + length;
                    } else if (type != PointBatch.HIDDEN) {
                        rows.setLocked(fieldIds[field], points.fieldBits(field));
                        bytes += 8;
                    }
                }
            }
        }
        return bytes;
    }

    int accepted() {
        return accepted;
    }

    Set<Integer> newSeries() {
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
