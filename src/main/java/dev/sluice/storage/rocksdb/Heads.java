package dev.sluice.storage.rocksdb;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The head that takes points and the one that is being written to blocks, if any.
 *
 * <p>Appends hold {@link #shared} from the write of their log entry until their points are in the head, so that whoever
 * holds {@link #exclusive} knows that log and head agree.
 */
final class Heads {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicLong sequence = new AtomicLong();
    private volatile Head current = new Head();
    private volatile @Nullable Head flushing;

    /** The last log entry whose points are in {@link #flushing}. */
    private volatile long flushingUpTo;

    Lock shared() {
        return lock.readLock();
    }

    Lock exclusive() {
        return lock.writeLock();
    }

    /** The head that takes points. */
    Head current() {
        return current;
    }

    /** The head that is being written to blocks. */
    @Nullable
    Head flushing() {
        return flushing;
    }

    /** The number of the last log entry whose points are in the head that is being written to blocks. */
    long flushingUpTo() {
        return flushingUpTo;
    }

    /** The number of the next log entry. */
    long nextSequence() {
        return sequence.incrementAndGet();
    }

    /** The number of the last log entry. */
    long lastSequence() {
        return sequence.get();
    }

    /** Notes the last log entry that was found at start. */
    void restoreSequence(long last) {
        sequence.set(last);
    }

    /** Makes the head the one to be flushed; the caller holds {@link #exclusive} and there is none yet. */
    void exchangeLocked() {
        flushing = current;
        flushingUpTo = sequence.get();
        current = new Head();
    }

    /** The points of the head that was being flushed are in blocks. */
    void endFlush() {
        flushing = null;
    }

    long sizeInBytes() {
        Head older = flushing;
        return current.sizeInBytes() + (older == null ? 0 : older.sizeInBytes());
    }
}
