package dev.sluice.bench;

import java.util.Arrays;

/** How long requests took. */
final class Timings {

    private long[] nanos = new long[64];
    private int count;
    private long elapsedNanos;

    void add(long requestNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = requestNanos;
    }

    void addAll(Timings others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    void setElapsedNanos(long nanos) {
        this.elapsedNanos = nanos;
    }

    int count() {
        return count;
    }

    /** From the first request to the end of the last. */
    double elapsedSeconds() {
        return elapsedNanos / 1e9;
    }

    double perSecond() {
        return count / elapsedSeconds();
    }

    /** The time in ms within which a part of the requests was answered. */
    double percentileMillis(double part) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.min(count - 1, Math.floor(part * count))] / 1e6;
    }
}
