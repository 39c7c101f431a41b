package dev.sluice.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The tags of a series: keys unique and in {@link ByteOrder}, values unescaped, and never empty but for the
 * dimensions of an inner statement's rows. Immutable. */
public final class TagSet {

    /** No tags. */
    public static final TagSet EMPTY = new TagSet(new String[0], new String[0]);

    private final String[] keys;
    private final String[] values;

    private TagSet(String[] keys, String[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** The tags of a map; entries with an empty value are left out, as an empty tag value means "absent". */
    public static TagSet of(Map<String, String> tags) {
        TreeMap<String, String> sorted = new TreeMap<>(ByteOrder.STRINGS);
        tags.forEach((key, value) -> {
            if (!value.isEmpty()) {
                sorted.put(key, value);
            }
        });
        return sorted.isEmpty()
                ? EMPTY
                : new TagSet(
                        sorted.keySet().toArray(String[]::new), sorted.values().toArray(String[]::new));
    }

    /**
     * Tags that are already unique and sorted; the lists are copied.
     *
     * @throws IllegalArgumentException when the keys are not strictly ascending or the lists differ in length
     */
    public static TagSet ofSorted(List<String> keys, List<String> values) {
        if (keys.size() != values.size()) {
            throw new IllegalArgumentException("as many values as keys are needed");
        }
        for (int i = 1; i < keys.size(); i++) {
            if (ByteOrder.compare(keys.get(i - 1), keys.get(i)) >= 0) {
                throw new IllegalArgumentException("tag keys must be strictly ascending: " + keys);
            }
        }
        return keys.isEmpty() ? EMPTY : new TagSet(keys.toArray(String[]::new), values.toArray(String[]::new));
    }

    public int size() {
        return keys.length;
    }

    public String key(int index) {
        return keys[index];
    }

    public String value(int index) {
        return values[index];
    }

    /** The value of a tag, or null when this series has no such tag. */
    public @Nullable String find(String key) {
        int index = Arrays.binarySearch(keys, key, ByteOrder.STRINGS);
        return index < 0 ? null : values[index];
    }

    /** The value of a tag, or the empty string when this series has no such tag (as conditions and GROUP BY see it). */
    public String valueOrEmpty(String key) {
        String value = find(key);
        return value == null ? "" : value;
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], values[i]);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TagSet that && Arrays.equals(keys, that.keys) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((key, value) ->
                text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value));
        return text.toString();
    }
}
