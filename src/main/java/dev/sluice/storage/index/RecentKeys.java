package dev.sluice.storage.index;

import dev.sluice.model.SeriesKey;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keys of series that were asked for lately, so that a dashboard's queries need not take them apart again. A number means the
 * same series for ever, so nothing is ever stale. Thread-safe.
 */
final class RecentKeys {

    /** A power of two. */
    private static final int SIZE = 8192;

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(SIZE);

    private record Entry(int series, SeriesKey key) {}

    @Nullable
    SeriesKey find(int series) {
        Entry entry = entries.getPlain(series & (SIZE - 1));
        return entry != null && entry.series == series ? entry.key : null;
    }

    void put(int series, SeriesKey key) {
        entries.setRelease(series & (SIZE - 1), new Entry(series, key));
    }
}
