package dev.sluice.storage.view;

import dev.sluice.model.ByteOrder;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanExtent;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A reader of the visible series. Which those are is found once per measurement, as a bitmap, and every set of series that
 * goes out is intersected with it; a point is never looked at for that. For one statement; its threads may share it.
 */
public final class VisibleSeriesReader implements SeriesReader {

    private static final int SERIES_LOOKED_AT = 32;

    private final SeriesReader reader;
    private final SeriesVisibility visibility;
    private final VisibleFields fields;
    private final VisibleSets sets;
    private final Map<DatabaseId, Map<String, SeriesSet>> visibleByMeasurement = new ConcurrentHashMap<>();
    private final Map<ShardId, Map<String, MeasurementSchema>> schemas = new ConcurrentHashMap<>();

    /**
     * A reader.
     *
     * @param fields known from statements before, like {@code sets}
     */
    public VisibleSeriesReader(
            SeriesReader reader, SeriesVisibility visibility, VisibleFields fields, VisibleSets sets) {
        this.reader = reader;
        this.visibility = visibility;
        this.fields = fields;
        this.sets = sets;
    }

    private boolean isWhole(DatabaseId database, String measurement) {
        return visibility.visible(database, measurement) == SeriesSelector.ALL;
    }

    private SeriesSet visible(DatabaseId database, String measurement) {
        return visibleByMeasurement
                .computeIfAbsent(database, fresh -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        measurement, name -> sets.of(reader, database, name, visibility.visible(database, name)));
    }

    @Override
    public List<String> measurements(DatabaseId database) {
        return reader.measurements(database).stream()
                .filter(name ->
                        isWhole(database, name) || !visible(database, name).isEmpty())
                .toList();
    }

    @Override
    public List<String> tagKeys(DatabaseId database, String measurement) {
        List<String> keys = reader.tagKeys(database, measurement);
        if (isWhole(database, measurement)) {
            return keys;
        }
        SeriesSet visible = visible(database, measurement);
        Set<String> found = keysOfSome(database, visible);
        List<String> shown = new ArrayList<>();
        for (String key : keys) {
            if (found.contains(key)
                    || !withTag(database, measurement, key).and(visible).isEmpty()) {
                shown.add(key);
            }
        }
        return shown;
    }

    /** Series of a measurement mostly have the same tags, so a few tell of most; asking the index for each is dear. */
    private Set<String> keysOfSome(DatabaseId database, SeriesSet visible) {
        Set<String> keys = new HashSet<>();
        PrimitiveIterator.OfInt series = visible.iterator();
        for (int i = 0; i < SERIES_LOOKED_AT && series.hasNext(); i++) {
            reader.seriesKey(database, series.nextInt()).tags().forEach((key, value) -> keys.add(key));
        }
        return keys;
    }

    private SeriesSet withTag(DatabaseId database, String measurement, String key) {
        return reader.select(database, measurement, new SeriesSelector.Not(new SeriesSelector.TagEquals(key, "")));
    }

    @Override
    public List<String> tagValues(DatabaseId database, String measurement, String tagKey) {
        if (isWhole(database, measurement)) {
            return reader.tagValues(database, measurement, tagKey);
        }
        TreeSet<String> values = new TreeSet<>(ByteOrder.STRINGS);
        PrimitiveIterator.OfInt series = visible(database, measurement).iterator();
        while (series.hasNext()) {
            String value = reader.seriesKey(database, series.nextInt()).tags().find(tagKey);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    @Override
    public SeriesSet select(DatabaseId database, String measurement, SeriesSelector selector) {
        SeriesSet selected = reader.select(database, measurement, selector);
        return isWhole(database, measurement) ? selected : selected.and(visible(database, measurement));
    }

    /** Of all measurements, so nothing may be told from it that is not also selected. */
    @Override
    public SeriesSet seriesInShards(DatabaseId database, Collection<ShardId> shards) {
        return reader.seriesInShards(database, shards);
    }

    /** Of shards that others have filled, nothing shows. */
    @Override
    public boolean isVisibleShard(DatabaseId database, ShardId shard, String measurement) {
        SeriesSet shown = isWhole(database, measurement)
                ? reader.select(database, measurement, SeriesSelector.ALL)
                : visible(database, measurement);
        return shown.intersects(reader.seriesInShards(database, List.of(shard)));
    }

    @Override
    public SeriesKey seriesKey(DatabaseId database, int series) {
        return reader.seriesKey(database, series);
    }

    @Override
    public int[] inKeyOrder(DatabaseId database, SeriesSet series) {
        return reader.inKeyOrder(database, series);
    }

    @Override
    public MeasurementSchema schema(ShardId shard, String measurement) {
        return schemas.computeIfAbsent(shard, fresh -> new ConcurrentHashMap<>())
                .computeIfAbsent(measurement, name -> findSchema(shard, name));
    }

    private MeasurementSchema findSchema(ShardId shard, String measurement) {
        DatabaseId database = visibility.databaseOf(shard);
        if (database == null) {
            return MeasurementSchema.EMPTY;
        }
        if (isWhole(database, measurement)) {
            return reader.schema(shard, measurement);
        }
        SeriesSet inShard = reader.seriesInShards(database, List.of(shard));
        return fields.of(reader, database, shard, measurement, visible(database, measurement), inShard);
    }

    @Override
    public SeriesScan openScan(ScanRequest request) {
        return reader.openScan(visible(request));
    }

    /** How many files there are may come of what others wrote, so it is not told where something is hidden. */
    @Override
    public ScanExtent extent(ScanRequest request) {
        ScanExtent extent = reader.extent(visible(request));
        return isWhole(request.database(), request.measurement())
                ? extent
                : new ScanExtent(extent.cachedValues(), 0, extent.blocks(), extent.blockBytes());
    }

    private ScanRequest visible(ScanRequest request) {
        if (isWhole(request.database(), request.measurement())) {
            return request;
        }
        SeriesSet visible = visible(request.database(), request.measurement());
        return new ScanRequest(
                request.database(),
                request.shard(),
                request.measurement(),
                request.series().and(visible),
                request.fields(),
                request.range(),
                request.ascending(),
                request.rowLimit());
    }
}
