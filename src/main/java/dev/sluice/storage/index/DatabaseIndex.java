package dev.sluice.storage.index;

import dev.sluice.model.ByteOrder;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TagSet;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The series of one database: numbers, tags, and the shards in which they have points. Thread-safe. A series that is in
 * no shard does not show, but keeps its number for points that may be on their way.
 */
public final class DatabaseIndex {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final TagParts parts = new TagParts();
    private final KeyTable keys = new KeyTable(parts.table());
    private final RecentKeys recent = new RecentKeys();
    private final TreeMap<String, MeasurementIndex> measurements = new TreeMap<>(ByteOrder.STRINGS);
    private final Map<ShardId, RoaringBitmap> shards = new HashMap<>();
    private long visibleSeries;

    /** The number of the series with the given canonical key, or -1. */
    public int find(byte[] bytes, int offset, int length) {
        lock.readLock().lock();
        try {
            return keys.find(bytes, offset, length);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Enters a series and returns its number, which an existing one keeps. */
    public int add(byte[] key) {
        lock.writeLock().lock();
        try {
            int series = keys.find(key, 0, key.length);
            if (series < 0) {
                series = keys.size();
                keys.put(series, key, key.length);
            }
            return series;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Makes room for the series with numbers below a count. */
    public void reserve(int count) {
        lock.writeLock().lock();
        try {
            keys.reserve(count);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Enters a series under the number it had before a restart.
     *
     * @param key begins with the canonical key
     */
    public void restore(int series, byte[] key, int length) {
        lock.writeLock().lock();
        try {
            keys.put(series, key, length);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Keeps the number of a series whose key is lost from being given to another. */
    public void restoreNameless(int series) {
        lock.writeLock().lock();
        try {
            keys.skip(series);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether a number was given to a series whose key is lost. */
    public boolean isNameless(int series) {
        return read(() -> series < keys.size() && !keys.contains(series));
    }

    /**
     * Enters which series had points in which shards before a restart; nothing was entered before. All at once, as one by one a
     * million take several times as long.
     *
     * @param members become the index's own; every series is known
     */
    public void restoreShards(Map<ShardId, RoaringBitmap> members) {
        lock.writeLock().lock();
        try {
            shards.putAll(members);
            BatchIterator series = RoaringBitmap.or(members.values().iterator()).getBatchIterator();
            int[] numbers = new int[4096];
            while (series.hasNext()) {
                int count = series.nextBatch(numbers);
                for (int i = 0; i < count; ) {
                    i = showSome(numbers, i, count);
                }
                visibleSeries += count;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Shows the series from an index on that belong to one measurement; returns where another one begins. */
    private int showSome(int[] numbers, int from, int count) {
        requireKnown(numbers[from]);
        int name = keys.part(numbers[from], 0);
        parts.remember(name, false);
        int to = from + 1;
        while (to < count && keys.contains(numbers[to]) && keys.part(numbers[to], 0) == name) {
            to++;
        }
        measurements
                .computeIfAbsent(parts.measurement(name), fresh -> new MeasurementIndex(parts))
                .addAll(keys, numbers, from, to);
        return to;
    }

    /** Notes that a series has points in a shard; returns whether that is news. */
    public boolean addToShard(ShardId shard, int series) {
        lock.readLock().lock();
        try {
            RoaringBitmap members = shards.get(shard);
            if (members != null && members.contains(series)) {
                return false;
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            boolean visible = isInAnyShard(series);
            boolean added =
                    shards.computeIfAbsent(shard, fresh -> new RoaringBitmap()).checkedAdd(series);
            if (!visible) {
                show(series);
            }
            return added;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Notes that a series has no points in a shard any more; returns whether it has none anywhere. */
    public boolean removeFromShard(ShardId shard, int series) {
        lock.writeLock().lock();
        try {
            RoaringBitmap members = shards.get(shard);
            if (members != null) {
                members.remove(series);
                if (members.isEmpty()) {
                    shards.remove(shard);
                }
            }
            if (isInAnyShard(series)) {
                return false;
            }
            hide(series);
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void show(int series) {
        requireKnown(series);
        int count = keys.partCount(series);
        parts.remember(keys.part(series, 0), false);
        MeasurementIndex measurement = measurements.computeIfAbsent(
                parts.measurement(keys.part(series, 0)), fresh -> new MeasurementIndex(parts));
        measurement.add(series);
        for (int i = 1; i < count; i++) {
            parts.remember(keys.part(series, i), true);
            measurement.addTag(series, keys.part(series, i));
        }
        visibleSeries++;
    }

    private void hide(int series) {
        requireKnown(series);
        String name = parts.measurement(keys.part(series, 0));
        MeasurementIndex measurement = measurements.get(name);
        if (measurement == null || !measurement.series().contains(series)) {
            return;
        }
        measurement.remove(series);
        for (int i = 1; i < keys.partCount(series); i++) {
            measurement.removeTag(series, keys.part(series, i));
        }
        if (measurement.isEmpty()) {
            measurements.remove(name);
        }
        visibleSeries--;
    }

    private boolean isInAnyShard(int series) {
        for (RoaringBitmap members : shards.values()) {
            if (members.contains(series)) {
                return true;
            }
        }
        return false;
    }

    /** The shards in which at least one series has points. */
    public List<ShardId> shards() {
        return read(() -> List.copyOf(shards.keySet()));
    }

    public SeriesSet seriesInShards(Collection<ShardId> wanted) {
        return read(() -> {
            RoaringBitmap result = new RoaringBitmap();
            for (ShardId shard : wanted) {
                RoaringBitmap members = shards.get(shard);
                if (members != null) {
                    result.or(members);
                }
            }
            return SeriesSet.wrapWithoutCopy(result);
        });
    }

    /** How many measurements have points. */
    public int measurementCount() {
        return read(measurements::size);
    }

    /** How many series have points in a shard. */
    public long seriesCount(ShardId shard) {
        return read(() -> {
            RoaringBitmap members = shards.get(shard);
            return members == null ? 0L : members.getLongCardinality();
        });
    }

    public List<String> measurements() {
        return read(() -> List.copyOf(measurements.keySet()));
    }

    public List<String> tagKeys(String measurement) {
        return read(() -> {
            MeasurementIndex index = measurements.get(measurement);
            return index == null ? List.of() : index.tagKeys();
        });
    }

    public List<String> tagValues(String measurement, String key) {
        return read(() -> {
            MeasurementIndex index = measurements.get(measurement);
            return index == null ? List.of() : index.tagValues(key);
        });
    }

    public SeriesSet select(String measurement, SeriesSelector selector) {
        return read(() -> {
            MeasurementIndex index = measurements.get(measurement);
            return index == null ? SeriesSet.EMPTY : SeriesSet.wrapWithoutCopy(index.select(selector));
        });
    }

    /**
     * What a series is.
     *
     * @throws IllegalArgumentException when there is no series of that number
     */
    public SeriesKey seriesKey(int series) {
        SeriesKey known = recent.find(series);
        if (known != null) {
            return known;
        }
        SeriesKey key = read(() -> parse(series));
        recent.put(series, key);
        return key;
    }

    /**
     * The numbers of series in the order of their canonical keys.
     *
     * @throws IllegalArgumentException when there is no series of a number
     */
    public int[] inKeyOrder(SeriesSet series) {
        return read(() -> {
            Integer[] sorted = new Integer[series.size()];
            int count = 0;
            for (PrimitiveIterator.OfInt numbers = series.iterator(); numbers.hasNext(); ) {
                int number = numbers.nextInt();
                requireKnown(number);
                sorted[count++] = number;
            }
            Arrays.sort(sorted, keys::compare);
            return Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
        });
    }

    /** Heap the index takes, about; that looks at every tag value. */
    public long sizeInBytes() {
        return read(() -> {
            long bytes = keys.sizeInBytes();
            for (MeasurementIndex measurement : measurements.values()) {
                bytes += measurement.sizeInBytes();
            }
            for (RoaringBitmap members : shards.values()) {
                bytes += members.getLongSizeInBytes();
            }
            return bytes;
        });
    }

    /** How many series have points. */
    public long seriesCount() {
        return read(() -> visibleSeries);
    }

    /** The measurement of a series, escapes resolved. */
    public String measurement(int series) {
        return read(() -> {
            requireKnown(series);
            return parts.measurement(keys.part(series, 0));
        });
    }

    /**
     * Why a series that is not there yet may not come into being for its tags' sake, or null when it may.
     *
     * @param maxValuesPerTag most values of one tag; 0 for no limit
     */
    public @Nullable String violatedTagLimit(byte[] key, int maxValuesPerTag) {
        if (maxValuesPerTag == 0) {
            return null;
        }
        return read(() -> {
            MeasurementIndex index = null;
            for (int at = 0; at < key.length; ) {
                int end = CanonicalKeys.partEnd(key, at);
                String text = new String(key, at, end - at, StandardCharsets.UTF_8);
                if (at == 0) {
                    index = measurements.get(CanonicalKeys.unescape(text, false));
                    if (index == null) {
                        return null;
                    }
                } else if (parts.table().find(key, at, end - at) < 0
                        || !index.hasValue(CanonicalKeys.tagKey(text), CanonicalKeys.tagValue(text))) {
                    String refusal = violatedTagLimit(index, key, text, maxValuesPerTag);
                    if (refusal != null) {
                        return refusal;
                    }
                }
                at = end;
            }
            return null;
        });
    }

    private static @Nullable String violatedTagLimit(
            MeasurementIndex index, byte[] key, String tag, int maxValuesPerTag) {
        int count = index.valueCount(CanonicalKeys.tagKey(tag));
        if (count < maxValuesPerTag) {
            return null;
        }
        String measurement =
                CanonicalKeys.parse(new String(key, StandardCharsets.UTF_8)).measurement();
        return "max-values-per-tag limit exceeded (" + count + "/" + maxValuesPerTag + "): measurement=\""
                + measurement + "\" tag=\"" + CanonicalKeys.tagKey(tag) + "\" value=\""
                + CanonicalKeys.tagValue(tag) + "\"";
    }

    private SeriesKey parse(int series) {
        requireKnown(series);
        int tags = keys.partCount(series) - 1;
        String[] tagKeys = new String[tags];
        String[] tagValues = new String[tags];
        for (int i = 0; i < tags; i++) {
            int part = keys.part(series, i + 1);
            tagKeys[i] = parts.key(part);
            tagValues[i] = parts.value(part);
        }
        return new SeriesKey(
                parts.measurement(keys.part(series, 0)),
                TagSet.ofSorted(Arrays.asList(tagKeys), Arrays.asList(tagValues)));
    }

    private void requireKnown(int series) {
        if (!keys.contains(series)) {
            throw new IllegalArgumentException("no series has the number " + series);
        }
    }

    private <T extends @Nullable Object> T read(Supplier<T> action) {
        lock.readLock().lock();
        try {
            return action.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
