package dev.sluice.monitor;

import dev.sluice.model.ByteOrder;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one module says of itself ("SHOW DIAGNOSTICS", InfluxDB 1.x).
 *
 * @param name of the module: {@code build}, {@code config-data}, …
 * @param values by name and in the order of their names; each a {@link Long}, {@link Boolean} or {@link String}
 */
public record Diagnostic(String name, Map<String, Object> values) {

    public Diagnostic {
        SortedMap<String, Object> sorted = new TreeMap<>(ByteOrder.STRINGS);
        values.forEach((key, value) -> sorted.put(key, checked(value)));
        values = Collections.unmodifiableSortedMap(sorted);
    }

    public static Diagnostic of(String name, Map<String, ?> values) {
        return new Diagnostic(name, Map.copyOf(values));
    }

    private static Object checked(Object value) {
        if (value instanceof Integer number) {
            return (long) number;
        }
        if (value instanceof Long || value instanceof Boolean || value instanceof String) {
            return value;
        }
        throw new IllegalArgumentException("no value of a diagnostic: " + value.getClass());
    }
}
