package dev.sluice.storage.view;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.model.DatabaseId;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;

/**
 * Remembers which series of a measurement a rule leaves visible. To find them takes a look at every value of a tag, of which
 * there may be as many as series; whether the measurement still has the series it had then is seen at once. A series keeps
 * its number and its number is never another's, so the same numbers are the same series. Thread-safe.
 */
public final class VisibleSets {

    private static final long MAX_BYTES = 32L << 20;
    private static final int ENTRY_BYTES = 500;

    private final Cache<Place, Known> known = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .<Place, Known>weigher((place, sets) -> ENTRY_BYTES
                    + sets.all().bitmap().getSizeInBytes()
                    + sets.visible().bitmap().getSizeInBytes())
            .build();

    /** Selectors of rules are equal when the rules are. */
    private record Place(DatabaseId database, String measurement, SeriesSelector selector) {}

    private record Known(SeriesSet all, SeriesSet visible) {}

    /** The series of a measurement that a selector means. */
    SeriesSet of(SeriesReader reader, DatabaseId database, String measurement, SeriesSelector selector) {
        SeriesSet all = reader.select(database, measurement, SeriesSelector.ALL);
        Place place = new Place(database, measurement, selector);
        Known before = known.getIfPresent(place);
        if (before != null && before.all().equals(all)) {
            return before.visible();
        }
        SeriesSet visible = reader.select(database, measurement, selector);
        // What came or went in between could be missing for ever.
        if (reader.select(database, measurement, SeriesSelector.ALL).equals(all)) {
            known.put(place, new Known(all, visible));
        }
        return visible;
    }
}
