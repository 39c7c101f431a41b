package dev.sluice.storage.index;

import dev.sluice.model.ByteOrder;
import dev.sluice.storage.SeriesSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The series of one measurement by tag. Not thread-safe; {@link DatabaseIndex} guards it. */
final class MeasurementIndex {

    private final TagParts parts;
    private final RoaringBitmap series = new RoaringBitmap();
    private final TreeMap<String, TagValues> tags = new TreeMap<>(ByteOrder.STRINGS);

    /** The tags that {@link #addAll} has found at the places of a key. */
    private final List<@Nullable KnownTag> lately = new ArrayList<>();

    MeasurementIndex(TagParts parts) {
        this.parts = parts;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    RoaringBitmap series() {
        return series;
    }

    /** Heap it takes, about. */
    long sizeInBytes() {
        return series.getLongSizeInBytes()
                + tags.values().stream().mapToLong(TagValues::sizeInBytes).sum();
    }

    void add(int number) {
        series.add(number);
    }

    void addTag(int number, int part) {
        tags.computeIfAbsent(parts.key(part), fresh -> new TagValues()).add(part, number);
    }

    /**
     * Adds series and their tags. Series of a measurement mostly have the same tag keys, so what one has at a place is what the
     * next is tried with.
     */
    void addAll(KeyTable keys, int[] numbers, int from, int to) {
        series.addN(numbers, from, to - from);
        for (int i = from; i < to; i++) {
            int number = numbers[i];
            int count = keys.partCount(number);
            while (lately.size() < count) {
                lately.add(null);
            }
            for (int place = 1; place < count; place++) {
                int part = keys.part(number, place);
                KnownTag tag = lately.get(place);
                if (tag == null || !parts.isOfKey(part, tag.prefix)) {
                    parts.remember(part, true);
                    String key = parts.key(part);
                    tag = new KnownTag(key, parts.prefix(part), tags.computeIfAbsent(key, fresh -> new TagValues()));
                    lately.set(place, tag);
                }
                parts.remember(part, tag.key);
                tag.values.add(part, number);
            }
        }
    }

    /** A tag key, how its tags begin, and its values. */
    private record KnownTag(String key, byte[] prefix, TagValues values) {}

    void remove(int number) {
        series.remove(number);
    }

    void removeTag(int number, int part) {
        lately.clear();
        TagValues values = tags.get(parts.key(part));
        if (values != null) {
            values.remove(part, number);
            if (values.size() == 0) {
                tags.remove(parts.key(part));
            }
        }
    }

    List<String> tagKeys() {
        return List.copyOf(tags.keySet());
    }

    List<String> tagValues(String key) {
        TagValues values = tags.get(key);
        if (values == null) {
            return List.of();
        }
        String[] texts = new String[values.size()];
        int[] next = {0};
        values.forEach((part, series) -> texts[next[0]++] = parts.value(part));
        Arrays.sort(texts, ByteOrder.STRINGS);
        return List.of(texts);
    }

    int valueCount(String key) {
        TagValues values = tags.get(key);
        return values == null ? 0 : values.size();
    }

    boolean hasValue(String key, String value) {
        return find(key, value) != null;
    }

    private @Nullable SeriesList find(String key, String value) {
        TagValues values = tags.get(key);
        int part = values == null ? -1 : parts.find(key, value);
        return values == null || part < 0 ? null : values.find(part);
    }

    /** The series a selector means, as a bitmap of the caller's own. */
    RoaringBitmap select(SeriesSelector selector) {
        if (selector instanceof SeriesSelector.TagEquals equals) {
            if (equals.value().isEmpty()) {
                return without(equals.key());
            }
            SeriesList members = find(equals.key(), equals.value());
            return members == null ? new RoaringBitmap() : members.toBitmap();
        }
        if (selector instanceof SeriesSelector.TagMatches matches) {
            RoaringBitmap result = matches.condition().test("") ? without(matches.key()) : new RoaringBitmap();
            TagValues values = tags.get(matches.key());
            if (values != null) {
                values.forEach((part, members) -> {
                    if (matches.condition().test(parts.value(part))) {
                        members.addTo(result);
                    }
                });
            }
            return result;
        }
        if (selector instanceof SeriesSelector.And and) {
            RoaringBitmap result = series.clone();
            and.operands().forEach(operand -> result.and(select(operand)));
            return result;
        }
        if (selector instanceof SeriesSelector.Or or) {
            RoaringBitmap result = new RoaringBitmap();
            or.operands().forEach(operand -> result.or(select(operand)));
            return result;
        }
        RoaringBitmap result = series.clone();
        result.andNot(select(((SeriesSelector.Not) selector).operand()));
        return result;
    }

    private RoaringBitmap without(String key) {
        RoaringBitmap result = series.clone();
        TagValues values = tags.get(key);
        if (values != null) {
            values.forEach((part, members) -> members.removeFrom(result));
        }
        return result;
    }
}
