package dev.sluice.storage.memory;

import dev.sluice.model.FieldType;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The points of one shard. */
final class MemoryShard {

    /** Measurement to field to type. */
    final Map<String, Map<String, FieldType>> schemas = new HashMap<>();

    /** Series to time to field to value: {@code Double}, {@code Long}, {@code Boolean} or {@code byte[]}. */
    final TreeMap<Integer, TreeMap<Long, Map<String, Object>>> rows = new TreeMap<>();

    /** Adds a row, whose values win over those that are there. */
    void put(int series, long timestampNanos, Map<String, Object> values) {
        // Rows are replaced, never changed, because open scans hold them.
        rows.computeIfAbsent(series, fresh -> new TreeMap<>())
                .merge(timestampNanos, Map.copyOf(values), (old, added) -> {
                    Map<String, Object> merged = new HashMap<>(old);
                    merged.putAll(added);
                    return Map.copyOf(merged);
                });
    }
}
