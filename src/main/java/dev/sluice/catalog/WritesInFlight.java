package dev.sluice.catalog;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets a drop wait for the writes that found in the catalogue what has just left it: their points must be in the store
 * before the store forgets them, or they would be left behind. Thread-safe.
 */
public final class WritesInFlight {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Begins a write, before it looks into the catalogue; the same thread ends it once its points are stored. */
    public void begin() {
        lock.readLock().lock();
    }

    /** Ends a write of this thread. */
    public void end() {
        lock.readLock().unlock();
    }

    /** Returns when every write that had begun before has ended. */
    public void await() {
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }
}
