package dev.sluice.storage.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the parts of series keys mean: measurement, or tag key and value, unescaped. Not thread-safe. */
final class TagParts {

    private final PartTable table = new PartTable();

    /** The key of each tag, or the measurement; read once, as there are few distinct ones. */
    private String[] names = new String[64];

    private final Map<String, String> distinctNames = new HashMap<>();

    PartTable table() {
        return table;
    }

    /** The key of a tag. */
    String key(int part) {
        return name(part, true);
    }

    /** The measurement that a part names. */
    String measurement(int part) {
        return name(part, false);
    }

    private String name(int part, boolean isTag) {
        String known = part < names.length ? names[part] : null;
        return known != null ? known : text(part, isTag);
    }

    private String text(int part, boolean isTag) {
        String text = new String(table.bytes(part), StandardCharsets.UTF_8);
        return isTag ? CanonicalKeys.tagKey(text) : CanonicalKeys.unescape(text, false);
    }

    /** Remembers the names of parts, as many as there are by now; the caller may write. */
    void remember(int part, boolean isTag) {
        if (part >= names.length) {
            names = Arrays.copyOf(names, Math.max(part + 1, names.length + names.length / 2));
        }
        if (names[part] == null) {
            names[part] = distinctNames.computeIfAbsent(text(part, isTag), name -> name);
        }
    }

    /** Remembers the key of a tag, which the caller knows. */
    void remember(int part, String key) {
        if (part >= names.length) {
            names = Arrays.copyOf(names, Math.max(part + 1, names.length + names.length / 2));
        }
        if (names[part] == null) {
            names[part] = key;
        }
    }

    /** How a tag begins, up to its value. */
    byte[] prefix(int part) {
        byte[] bytes = table.bytes(part);
        return Arrays.copyOf(bytes, CanonicalKeys.keyEnd(bytes) + 1);
    }

    /** Whether a tag begins so. */
    boolean isOfKey(int part, byte[] prefix) {
        return table.hasPrefix(part, prefix);
    }

    /** The value of a tag. */
    String value(int part) {
        return CanonicalKeys.tagValue(new String(table.bytes(part), StandardCharsets.UTF_8));
    }

    /** The number of a tag, or -1. */
    int find(String key, String value) {
        byte[] bytes = CanonicalKeys.tag(key, value).getBytes(StandardCharsets.UTF_8);
        return table.find(bytes, 0, bytes.length);
    }
}
