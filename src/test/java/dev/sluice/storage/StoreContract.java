package dev.sluice.storage;

import static dev.sluice.storage.StoreFixture.DATABASE;

import dev.sluice.model.ShardId;
import java.util.ArrayList;
import java.util.List;

/** The store under test, and what the parts of {@link TimeSeriesStoreContract} share. */
public interface StoreContract {

    ShardId OTHER_SHARD = new ShardId(8);

    /** The store under test: empty when a test begins; the same for the whole of the test. */
    TimeSeriesStore store();

    /**
     * Moves what was appended so far to another place, if the store has several (memory and disk). Tests call it between
     * appends so that each is run with rows on both sides.
     */
    void settle();

    default SeriesSet select(String measurement, SeriesSelector selector) {
        return store().select(DATABASE, measurement, selector);
    }

    default List<String> keys(String measurement, SeriesSelector selector) {
        List<String> keys = new ArrayList<>();
        select(measurement, selector)
                .iterator()
                .forEachRemaining((int series) ->
                        keys.add(store().seriesKey(DATABASE, series).canonical()));
        keys.sort(null);
        return keys;
    }
}
