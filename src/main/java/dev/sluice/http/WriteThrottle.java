package dev.sluice.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many writes run at a time, so many wait for their turn, and none wait for longer than it may: see {@code
 * max-concurrent-write-limit}, {@code max-enqueued-write-limit} and {@code enqueued-write-timeout}. Thread-safe.
 */
final class WriteThrottle {

    static final String QUEUE_FULL = "request throttled, queue full";
    static final String TIMEOUT = "request throttled, exceeds timeout";

    private final @Nullable Semaphore running;

    /** Those that run and those that wait; null for any number. */
    private final @Nullable Semaphore present;

    private final long timeoutNanos;

    /**
     * A throttle.
     *
     * @param maxConcurrent writes at a time; 0 for no limit at all
     * @param maxEnqueued writes that wait; 0 for any number
     * @param timeoutNanos how long each may wait; 0 for any time
     */
    WriteThrottle(int maxConcurrent, int maxEnqueued, long timeoutNanos) {
        this.running = maxConcurrent == 0 ? null : new Semaphore(maxConcurrent, true);
        long places = (long) maxConcurrent + maxEnqueued;
        this.present = running == null || maxEnqueued == 0
                ? null
                : new Semaphore((int) Math.min(Integer.MAX_VALUE, places), true);
        this.timeoutNanos = timeoutNanos == 0 ? Long.MAX_VALUE : timeoutNanos;
    }

    /** Waits for a turn. Null when it has come, and {@link #leave} must follow; otherwise why there is none. */
    @Nullable
    String enter() {
        if (running == null) {
            return null;
        }
        if (present != null && !present.tryAcquire()) {
            return QUEUE_FULL;
        }
        boolean entered = false;
        try {
            entered = running.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            if (!entered && present != null) {
                present.release();
            }
        }
        return entered ? null : TIMEOUT;
    }

    /** Ends a turn. */
    void leave() {
        if (running != null) {
            running.release();
            if (present != null) {
                present.release();
            }
        }
    }
}
