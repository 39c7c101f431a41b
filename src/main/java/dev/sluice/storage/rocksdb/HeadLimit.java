package dev.sluice.storage.rocksdb;

import dev.sluice.model.PointBatch;
import dev.sluice.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the points that are not in blocks yet within their memory: an append waits while there is no room, and is refused
 * in InfluxDB's words when flushes do not make any in time.
 */
final class HeadLimit {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Heads heads;
    private final Flusher flusher;
    private final long maxBytes;

    /**
     * A limit.
     *
     * @param maxBytes 0 for no limit
     */
    HeadLimit(Heads heads, Flusher flusher, long maxBytes) {
        this.heads = heads;
        this.flusher = flusher;
        this.maxBytes = maxBytes;
    }

    /** Returns when there is room for a batch; the caller holds no lock. */
    void awaitRoom(PointBatch points) {
        long more = Long.BYTES * ((long) points.pointCount() + points.fieldCount());
        if (maxBytes == 0 || heads.sizeInBytes() + more <= maxBytes) {
            return;
        }
        flusher.request();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (more <= maxBytes && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (heads.sizeInBytes() + more <= maxBytes) {
                return;
            }
        }
        throw new StorageException(
                "engine: cache-max-memory-size exceeded: (" + (heads.sizeInBytes() + more) + "/" + maxBytes + ")");
    }
}
