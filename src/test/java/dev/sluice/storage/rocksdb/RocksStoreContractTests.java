package dev.sluice.storage.rocksdb;

import dev.sluice.storage.TimeSeriesStore;
import dev.sluice.storage.TimeSeriesStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreContractTests implements TimeSeriesStoreContract {

    @TempDir
    private Path directory;

    private RocksTimeSeriesStore store;

    @BeforeEach
    void open() {
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public TimeSeriesStore store() {
        return store;
    }

    @Override
    public void settle() {
        store.flush();
    }
}
