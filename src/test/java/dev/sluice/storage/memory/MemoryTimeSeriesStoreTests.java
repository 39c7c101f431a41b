package dev.sluice.storage.memory;

import dev.sluice.storage.TimeSeriesStore;
import dev.sluice.storage.TimeSeriesStoreContract;

class MemoryTimeSeriesStoreTests implements TimeSeriesStoreContract {

    private final MemoryTimeSeriesStore store = MemoryTimeSeriesStore.withStatisticsForBatchesOf(3);

    @Override
    public TimeSeriesStore store() {
        return store;
    }

    @Override
    public void settle() {
        // There is one place only.
    }
}
