package dev.sluice.storage.view;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.column.ColumnBatch;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.FieldType;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.BatchStatistics;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * The fields of a measurement that some visible series has. A store knows the fields of a measurement, not those of a
 * series, and a field that only hidden series have must not show. So a visible series with a value is looked for, and
 * remembered as a witness: the next question finds it without reading. That a field has no witness is remembered until
 * something is written. Thread-safe.
 */
public final class VisibleFields {

    private static final int MAX_MEASUREMENTS = 10_000;

    /** More witnesses than this are not needed, unless so many groups of users see series that are all different. */
    private static final int MAX_WITNESSES = 64;

    private final LongSupplier appendCount;
    private final Cache<Place, Known> known =
            Caffeine.newBuilder().maximumSize(MAX_MEASUREMENTS).build();

    /**
     * Nothing is known at first.
     *
     * @param appendCount a number that grows with every write to the store
     */
    public VisibleFields(LongSupplier appendCount) {
        this.appendCount = appendCount;
    }

    private record Place(DatabaseId database, ShardId shard, String measurement) {}

    /** Guarded by itself. */
    private static final class Known {
        private final Map<String, Set<Integer>> witnesses = new HashMap<>();
        private final Map<SeriesSet, Absence> absent = new HashMap<>();
    }

    /** Fields that none of some series had, as of a number of writes. */
    private record Absence(long appends, Set<String> fields) {}

    /**
     * The fields of a shard's measurement that at least one visible series of the shard has, with their types.
     *
     * @param shown the visible series of the measurement, in whatever shard
     * @param inShard all series of the shard
     */
    MeasurementSchema of(
            SeriesReader reader,
            DatabaseId database,
            ShardId shard,
            String measurement,
            SeriesSet shown,
            SeriesSet inShard) {
        MeasurementSchema all = reader.schema(shard, measurement);
        if (all.fields().isEmpty()) {
            return MeasurementSchema.EMPTY;
        }
        Known place = known.get(new Place(database, shard, measurement), fresh -> new Known());
        Set<String> open = new TreeSet<>(all.fields().keySet());
        Map<String, FieldType> found = new HashMap<>();
        synchronized (place) {
            for (Map.Entry<String, Set<Integer>> field : place.witnesses.entrySet()) {
                FieldType type = all.find(field.getKey());
                if (type != null
                        && field.getValue().stream()
                                .anyMatch(series -> shown.contains(series) && inShard.contains(series))) {
                    found.put(field.getKey(), type);
                }
            }
            open.removeAll(found.keySet());
        }
        if (open.isEmpty()) {
            return new MeasurementSchema(found);
        }
        // Only now: both may be of a million series, and mostly every field has a witness.
        SeriesSet visible = shown.and(inShard);
        // Before anything is read: what is written meanwhile counts as written afterwards.
        long appends = appendCount.getAsLong();
        synchronized (place) {
            Absence absence = place.absent.get(visible);
            if (absence != null && absence.appends == appends) {
                open.removeAll(absence.fields);
            }
        }
        if (!open.isEmpty() && !visible.isEmpty()) {
            Map<String, Integer> witnesses = search(reader, database, shard, measurement, visible, open);
            witnesses.keySet().forEach(field -> found.put(field, all.fields().get(field)));
            remember(place, witnesses, visible, appends, open);
        }
        return new MeasurementSchema(found);
    }

    private static void remember(
            Known place, Map<String, Integer> witnesses, SeriesSet visible, long appends, Set<String> searched) {
        Set<String> absent = new HashSet<>(searched);
        absent.removeAll(witnesses.keySet());
        synchronized (place) {
            witnesses.forEach((field, series) -> {
                Set<Integer> known = place.witnesses.computeIfAbsent(field, fresh -> new HashSet<>());
                if (known.size() >= MAX_WITNESSES) {
                    known.clear();
                }
                known.add(series);
            });
            place.absent.values().removeIf(old -> old.appends < appends);
            Absence before = place.absent.get(visible);
            if (before != null) {
                absent.addAll(before.fields);
            }
            if (!absent.isEmpty() && place.absent.size() < MAX_WITNESSES) {
                place.absent.put(visible, new Absence(appends, absent));
            }
        }
    }

    /** Reads until each field has been seen in some series, or there is nothing left to read. */
    private static Map<String, Integer> search(
            SeriesReader reader,
            DatabaseId database,
            ShardId shard,
            String measurement,
            SeriesSet visible,
            Set<String> fields) {
        Map<String, Integer> witnesses = new HashMap<>();
        List<String> open = new ArrayList<>(fields);
        SeriesSet rest = visible;
        // Opened anew after each find, without what was found: what is left may be rare, and reading the others for it
        // would be reading everything.
        while (!open.isEmpty() && !rest.isEmpty()) {
            ScanRequest request = new ScanRequest(database, shard, measurement, rest, open, TimeRange.ALL, true);
            int foundIn = -1;
            try (SeriesScan scan = reader.openScan(request)) {
                while (foundIn < 0 && scan.nextSeries()) {
                    Set<String> present = present(scan, open);
                    if (!present.isEmpty()) {
                        foundIn = scan.series();
                        for (String field : present) {
                            witnesses.put(field, foundIn);
                        }
                        open.removeAll(present);
                    }
                }
            }
            if (foundIn < 0) {
                return witnesses;
            }
            SeriesSet done = SeriesSet.of(foundIn);
            rest = rest.andNot(done);
        }
        return witnesses;
    }

    private static Set<String> present(SeriesScan scan, List<String> fields) {
        Set<String> present = new HashSet<>();
        while (present.size() < fields.size()) {
            BatchStatistics statistics = scan.peekStatistics();
            if (statistics != null) {
                for (int i = 0; i < fields.size(); i++) {
                    if (statistics.valueCount(i) > 0) {
                        present.add(fields.get(i));
                    }
                }
                scan.skipBatch();
                continue;
            }
            ColumnBatch batch = scan.nextBatch();
            if (batch == null) {
                return present;
            }
            for (int i = 0; i < fields.size(); i++) {
                if (!present.contains(fields.get(i)) && hasValue(batch, i + 1)) {
                    present.add(fields.get(i));
                }
            }
        }
        return present;
    }

    private static boolean hasValue(ColumnBatch batch, int column) {
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!batch.column(column).isNull(row)) {
                return true;
            }
        }
        return false;
    }
}
