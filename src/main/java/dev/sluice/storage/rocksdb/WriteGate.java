package dev.sluice.storage.rocksdb;

import dev.sluice.storage.StorageException;
import dev.sluice.storage.StoreHealth;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store may be written to: not after it was closed, and not after a write failed. Thread-safe. */
final class WriteGate {

    private static final Logger LOG = LoggerFactory.getLogger(WriteGate.class);

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile StoreHealth health = StoreHealth.WRITABLE;
    private volatile @Nullable RocksDBException cause;

    /** Closes the gate for good; false when it was closed already. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean isClosed() {
        return closed.get();
    }

    StoreHealth health() {
        return health;
    }

    /** What ended writing, or null. */
    @Nullable
    RocksDBException cause() {
        return cause;
    }

    void requireOpen() {
        if (closed.get()) {
            throw new StorageException("the store is closed");
        }
    }

    /** Throws when no write may be tried any more because one failed. */
    void requireHealthy() {
        StoreHealth current = health;
        if (!current.writable()) {
            throw new StorageException("the store takes no writes: " + current.reason());
        }
    }

    void requireWritable() {
        requireOpen();
        requireHealthy();
    }

    /** A write whose outcome is unknown must not be followed by others: memory and disk may disagree. */
    StorageException fail(String what, RocksDBException cause) {
        String reason = what + ": " + cause.getMessage();
        this.cause = cause;
        health = StoreHealth.readOnly(reason);
        LOG.error("{}; no more writes are taken", reason, cause);
        return new StorageException(reason, cause);
    }
}
