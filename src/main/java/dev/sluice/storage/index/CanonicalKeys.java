package dev.sluice.storage.index;

import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes canonical series keys apart (see {@link SeriesKey#canonical()}). */
public final class CanonicalKeys {

    private CanonicalKeys() {}

    static SeriesKey parse(byte[] key) {
        return parse(new String(key, StandardCharsets.UTF_8));
    }

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

    private static int partEnd(String text, int from, char delimiter) {
        int i = from;
        while (i < text.length() && (text.charAt(i) != delimiter || (i > from && text.charAt(i - 1) == '\\'))) {
            i++;
        }
        return i;
    }

    private static String unescape(String part, boolean tag) {
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
