package dev.sluice.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Memory of writes that have ended, for those to come: a few, and none that is unusually large. Without it, the arrays of
 * bodies would be most of what the garbage collector has to do. Thread-safe.
 */
public final class WriteBuffers {

    private static final int MAX_SPARES = 4;
    private static final long MAX_SIZE_IN_BYTES = 12L << 20;

    private final Deque<WriteBuffer> spares = new ArrayDeque<>();

    /** An empty buffer, which the caller gives back. */
    public WriteBuffer take() {
        WriteBuffer spare = poll();
        return spare == null ? new WriteBuffer() : spare;
    }

    private synchronized @Nullable WriteBuffer poll() {
        return spares.pollFirst();
    }

    /** Takes a buffer back, which its last user must not touch any more. */
    public void giveBack(WriteBuffer buffer) {
        buffer.clear();
        if (buffer.retainedSizeInBytes() <= MAX_SIZE_IN_BYTES) {
            keep(buffer);
        }
    }

    private synchronized void keep(WriteBuffer buffer) {
        if (spares.size() < MAX_SPARES) {
            spares.addFirst(buffer);
        }
    }
}
