package dev.sluice.retention;

import java.util.function.LongSupplier;

/**
 * Notices when the time of day runs ahead of the time that has passed, as when a clock is set wrongly: what is dropped on
 * the word of such a clock does not come back when the clock does. For one thread.
 */
public final class ClockWatch {

    private final LongSupplier timeOfDayNanos;
    private final LongSupplier elapsedNanos;
    private final long toleranceNanos;
    private long lastTimeOfDay;
    private long lastElapsed;

    /**
     * @param timeOfDayNanos nanoseconds since the epoch
     * @param elapsedNanos a clock that nobody sets, such as {@link System#nanoTime}
     * @param toleranceNanos by how much the two may differ from one look to the next
     */
    public ClockWatch(LongSupplier timeOfDayNanos, LongSupplier elapsedNanos, long toleranceNanos) {
        this.timeOfDayNanos = timeOfDayNanos;
        this.elapsedNanos = elapsedNanos;
        this.toleranceNanos = toleranceNanos;
        look();
    }

    private void look() {
        lastTimeOfDay = timeOfDayNanos.getAsLong();
        lastElapsed = elapsedNanos.getAsLong();
    }

    /** Whether the clock has jumped since the last look; the new time counts from now on. */
    public boolean jumpedAhead() {
        long timeOfDay = lastTimeOfDay;
        long elapsed = lastElapsed;
        look();
        return (lastTimeOfDay - timeOfDay) - (lastElapsed - elapsed) > toleranceNanos;
    }
}
