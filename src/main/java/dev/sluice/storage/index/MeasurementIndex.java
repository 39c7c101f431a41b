package dev.sluice.storage.index;

import dev.sluice.model.ByteOrder;
import dev.sluice.model.TagSet;
import dev.sluice.storage.SeriesSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** The series of one measurement by tag. Not thread-safe; {@link DatabaseIndex} guards it. */
final class MeasurementIndex {

    private final RoaringBitmap series = new RoaringBitmap();
    private final TreeMap<String, Map<String, RoaringBitmap>> tags = new TreeMap<>(ByteOrder.STRINGS);

    boolean isEmpty() {
        return series.isEmpty();
    }

    RoaringBitmap series() {
        return series;
    }

    void add(int number, TagSet tagSet) {
        series.add(number);
        tagSet.forEach((key, value) -> tags.computeIfAbsent(key, fresh -> new HashMap<>())
                .computeIfAbsent(value, fresh -> new RoaringBitmap())
                .add(number));
    }

    void remove(int number, TagSet tagSet) {
        series.remove(number);
        tagSet.forEach((key, value) -> {
            Map<String, RoaringBitmap> values = tags.get(key);
            RoaringBitmap members = values == null ? null : values.get(value);
            if (members != null) {
                members.remove(number);
                if (members.isEmpty()) {
                    values.remove(value);
                    if (values.isEmpty()) {
                        tags.remove(key);
                    }
                }
            }
        });
    }

    List<String> tagKeys() {
        return List.copyOf(tags.keySet());
    }

    List<String> tagValues(String key) {
        return tags.getOrDefault(key, Map.of()).keySet().stream()
                .sorted(ByteOrder.STRINGS)
                .toList();
    }

    int valueCount(String key) {
        return tags.getOrDefault(key, Map.of()).size();
    }

    boolean hasValue(String key, String value) {
        return tags.getOrDefault(key, Map.of()).containsKey(value);
    }

    /** The series a selector means, as a bitmap of the caller's own. */
    RoaringBitmap select(SeriesSelector selector) {
        if (selector instanceof SeriesSelector.TagEquals equals) {
            if (equals.value().isEmpty()) {
                return without(equals.key());
            }
            RoaringBitmap members = tags.getOrDefault(equals.key(), Map.of()).get(equals.value());
            return members == null ? new RoaringBitmap() : members.clone();
        }
        if (selector instanceof SeriesSelector.TagMatches matches) {
            RoaringBitmap result = matches.condition().test("") ? without(matches.key()) : new RoaringBitmap();
            tags.getOrDefault(matches.key(), Map.of()).forEach((value, members) -> {
                if (matches.condition().test(value)) {
                    result.or(members);
                }
            });
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
        tags.getOrDefault(key, Map.of()).values().forEach(result::andNot);
        return result;
    }
}
