package dev.sluice.differential;

import java.util.List;

/**
 * A measurement of the data, as far as the generators of statements must know it.
 *
 * @param name unquoted
 * @param tags keys, unquoted
 * @param tagValues some that occur
 * @param numbers names of fields with numbers
 * @param texts names of fields with strings
 * @param booleans names of fields with booleans
 * @param startSeconds of the first point
 * @param spanSeconds from the first point to the last
 */
record Table(
        String name,
        List<String> tags,
        List<String> tagValues,
        List<String> numbers,
        List<String> texts,
        List<String> booleans,
        long startSeconds,
        long spanSeconds) {

    /** A field or tag of any type; rarely one that does not exist. */
    String anyColumn(Choice choice) {
        if (choice.chance(3)) {
            return choice.of("nosuch", "time", "_name");
        }
        if (choice.chance(25) && !tags.isEmpty()) {
            return quote(choice, choice.of(tags));
        }
        return anyField(choice);
    }

    /** A field of any type. */
    String anyField(Choice choice) {
        if (choice.chance(15) && !texts.isEmpty()) {
            return quote(choice, choice.of(texts));
        }
        if (choice.chance(10) && !booleans.isEmpty()) {
            return quote(choice, choice.of(booleans));
        }
        return number(choice);
    }

    String number(Choice choice) {
        return quote(choice, choice.of(numbers));
    }

    String tag(Choice choice) {
        return tags.isEmpty() || choice.chance(3) ? "nosuch" : quote(choice, choice.of(tags));
    }

    String measurement(Choice choice) {
        return quote(choice, name);
    }

    /** The name as InfluxQL writes it: quoted where it must be, and sometimes where it need not. */
    static String quote(Choice choice, String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*");
        if (plain && !choice.chance(10)) {
            return name;
        }
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
