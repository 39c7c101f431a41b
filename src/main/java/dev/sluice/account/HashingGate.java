package dev.sluice.account;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets few slow hashes be computed at a time, so that guessing passwords cannot take the processors from those who are in.
 * Whoever finds all permits taken waits in the order of arrival, for a bounded time and in a bounded number; the rest is
 * refused at once and costs nothing. Who is recognized without a hash never comes here. Thread-safe.
 */
public final class HashingGate {

    /** Lets everybody through. */
    public static final HashingGate OPEN = new HashingGate(Integer.MAX_VALUE, 0, 0);

    private final Semaphore permits;
    private final int places;
    private final long patienceNanos;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * A gate.
     *
     * @param permits how many hashes are computed at a time, at least 1
     * @param places how many may wait for a permit
     * @param patienceNanos how long they wait at most
     */
    public HashingGate(int permits, int places, long patienceNanos) {
        if (permits < 1 || places < 0 || patienceNanos < 0) {
            throw new IllegalArgumentException("permits " + permits + ", places " + places + ", " + patienceNanos);
        }
        this.permits = new Semaphore(permits, true);
        this.places = places;
        this.patienceNanos = patienceNanos;
    }

    /**
     * Computes when it is its turn.
     *
     * @return what the computation says
     * @throws LoginsBusyException without having computed anything, when there is no place to wait or the turn does not come
     */
    public boolean pass(BooleanSupplier computation) {
        return call(computation::getAsBoolean);
    }

    /**
     * Does something else that takes long when it is its turn, such as asking a directory.
     *
     * @throws LoginsBusyException without having done anything, as above
     */
    public <T> T call(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private void enter() {
        boolean admitted;
        try {
            // With a time of 0, unlike without one, nobody overtakes those who wait.
            admitted = permits.tryAcquire(0, TimeUnit.NANOSECONDS) || waitForPermit();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            admitted = false;
        }
        if (!admitted) {
            throw new LoginsBusyException();
        }
    }

    private boolean waitForPermit() throws InterruptedException {
        try {
            return waiting.incrementAndGet() <= places && permits.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
