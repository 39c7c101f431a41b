package dev.sluice.storage.index;

import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes canonical series keys apart (see {@link SeriesKey#canonical()}). */
public final class CanonicalKeys {

    private CanonicalKeys() {}

    /** The series of a canonical key. */
    public static SeriesKey parse(String text) {
        int at = partEnd(text, 0, ',');
        String measurement = unescape(text.substring(0, at), false);
        List<String> tagKeys = new ArrayList<>();
        List<String> tagValues = new ArrayList<>();
        while (at < text.length()) {
            int equals = partEnd(text, at + 1, '=');
            int end = partEnd(text, equals + 1, ',');
            tagKeys.add(unescape(text.substring(at + 1, equals), true));
            tagValues.add(unescape(text.substring(equals + 1, end), true));
            at = end;
        }
        return new SeriesKey(measurement, TagSet.ofSorted(tagKeys, tagValues));
    }

    /** Where the measurement or tag that starts at an index ends; a tag starts with its comma. */
    static int partEnd(byte[] key, int start) {
        return partEnd(key, start, key.length);
    }

    /** The same of a key that ends at a limit. */
    static int partEnd(byte[] key, int start, int limit) {
        if (start == 0) {
            return partEnd(key, 0, limit, (byte) ',');
        }
        int equals = partEnd(key, start + 1, limit, (byte) '=');
        return partEnd(key, Math.min(equals + 1, limit), limit, (byte) ',');
    }

    /** Where the equal sign stands between key and value of a tag. */
    static int keyEnd(byte[] tag) {
        return partEnd(tag, 1, tag.length, (byte) '=');
    }

    private static int partEnd(byte[] key, int from, int limit, byte delimiter) {
        int i = from;
        while (i < limit && (key[i] != delimiter || (i > from && key[i - 1] == '\\'))) {
            i++;
        }
        return i;
    }

    /** A tag as it stands in a canonical key, with the comma before it. */
    static String tag(String key, String value) {
        return new SeriesKey("", TagSet.of(Map.of(key, value))).canonical();
    }

    /** The key of a tag as it stands in a canonical key. */
    static String tagKey(String tag) {
        return unescape(tag.substring(1, partEnd(tag, 1, '=')), true);
    }

    /** The value of a tag as it stands in a canonical key. */
    static String tagValue(String tag) {
        return unescape(tag.substring(partEnd(tag, 1, '=') + 1), true);
    }

    private static int partEnd(String text, int from, char delimiter) {
        int i = from;
        while (i < text.length() && (text.charAt(i) != delimiter || (i > from && text.charAt(i - 1) == '\\'))) {
            i++;
        }
        return i;
    }

    static String unescape(String part, boolean tag) {
        if (part.indexOf('\\') < 0) {
            return part;
        }
        StringBuilder plain = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            char next = c == '\\' && i + 1 < part.length() ? part.charAt(i + 1) : '\0';
            if (next == ',' || next == ' ' || (tag && next == '=')) {
                c = next;
                i++;
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
