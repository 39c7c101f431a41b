package dev.sluice.query.source;

import dev.sluice.storage.DecodedColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the scans of one shard have read, by field. Thread-safe. */
final class ReadCounts {

    private final Map<String, long[]> decoded = new HashMap<>();
    private long openingNanos;

    synchronized void addOpening(long nanos) {
        openingNanos += nanos;
    }

    synchronized void add(List<String> fields, DecodedColumns columns) {
        for (int i = 0; i < fields.size(); i++) {
            if (columns.blocks(i) > 0) {
                long[] counts = decoded.computeIfAbsent(fields.get(i), fresh -> new long[2]);
                counts[0] += columns.blocks(i);
                counts[1] += columns.bytes(i);
            }
        }
    }

    synchronized long blocks(String field) {
        long[] counts = decoded.get(field);
        return counts == null ? 0 : counts[0];
    }

    synchronized long bytes(String field) {
        long[] counts = decoded.get(field);
        return counts == null ? 0 : counts[1];
    }

    synchronized long openingNanos() {
        return openingNanos;
    }
}
