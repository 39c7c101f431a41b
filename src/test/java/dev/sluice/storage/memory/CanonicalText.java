package dev.sluice.storage.memory;

import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.util.ArrayList;
import java.util.List;

/** Reads the canonical form of a series key, character by character. Written apart from the shipped one on purpose. */
final class CanonicalText {

    private final String text;
    private int at;

    private CanonicalText(String text) {
        this.text = text;
    }

    static SeriesKey parse(String canonical) {
        CanonicalText in = new CanonicalText(canonical);
        String measurement = in.part(", ", ',');
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        while (in.at < canonical.length()) {
            in.at++;
            keys.add(in.part(", =", '='));
            in.at++;
            values.add(in.part(", =", ','));
        }
        return new SeriesKey(measurement, TagSet.ofSorted(keys, values));
    }

    private String part(String escapable, char end) {
        StringBuilder part = new StringBuilder();
        while (at < text.length() && text.charAt(at) != end) {
            boolean escape =
                    text.charAt(at) == '\\' && at + 1 < text.length() && escapable.indexOf(text.charAt(at + 1)) >= 0;
            at += escape ? 1 : 0;
            part.append(text.charAt(at++));
        }
        return part.toString();
    }
}
