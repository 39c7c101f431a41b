package dev.sluice.monitor;

import dev.sluice.model.ByteOrder;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers of one part of the service, taken together. Names are InfluxDB's where it has the same figure ("SHOW STATS",
 * InfluxDB 1.x).
 *
 * @param name of the part: {@code runtime}, {@code httpd}, …
 * @param tags what tells parts of the same name apart, by key and in the order of their keys; may be empty
 * @param values by name and in the order of their names
 */
public record Statistic(String name, Map<String, String> tags, Map<String, Long> values) {

    public Statistic {
        tags = sorted(tags);
        values = sorted(values);
    }

    /** Numbers of a part there is one of. */
    public static Statistic of(String name, Map<String, Long> values) {
        return of(name, Map.of(), values);
    }

    /** Numbers of one of several parts. */
    public static Statistic of(String name, Map<String, String> tags, Map<String, Long> values) {
        return new Statistic(name, tags, values);
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        SortedMap<String, V> copy = new TreeMap<>(ByteOrder.STRINGS);
        copy.putAll(map);
        return Collections.unmodifiableSortedMap(copy);
    }

    /**
     * What tells this statistic from the others in one text, as in {@code /debug/vars}: the name and, behind colons, where
     * it belongs.
     */
    public String key() {
        StringBuilder key = new StringBuilder(name);
        if (tags.containsKey("path")) {
            append(key, "path", "id");
        } else if (tags.containsKey("bind")) {
            append(key, "proto", "bind");
        } else {
            append(key, "database", "retention_policy", "name", "destination");
        }
        return key.toString();
    }

    private void append(StringBuilder key, String... tagKeys) {
        for (String tagKey : tagKeys) {
            String value = tags.get(tagKey);
            if (value != null) {
                key.append(':').append(value);
            }
        }
    }
}
