package dev.sluice.storage.rocksdb;

import java.util.Arrays;

/** Finds the order of rows by time, those of equal time as they came. Quick where they came almost in order. */
final class TimeOrder {

    private TimeOrder() {}

    /** The rows {@code from} to {@code to}, exclusive, in order. */
    static int[] of(long[] times, int from, int to) {
        int count = to - from;
        int[] rows = new int[count];
        int[] runs = new int[16];
        int runCount = 0;
        for (int i = 0; i < count; i++) {
            rows[i] = from + i;
            if (i == 0 || times[from + i] < times[from + i - 1]) {
                if (runCount + 1 >= runs.length) {
                    runs = Arrays.copyOf(runs, runs.length * 2);
                }
                runs[runCount++] = i;
            }
        }
        runs[runCount] = count;
        int[] other = new int[count];
        while (runCount > 1) {
            int merged = 0;
            for (int run = 0; run < runCount; run += 2) {
                int start = runs[run];
                int middle = run + 1 < runCount ? runs[run + 1] : count;
                int end = run + 2 <= runCount ? runs[Math.min(run + 2, runCount)] : count;
                merge(times, rows, other, start, middle, end);
                runs[merged++] = start;
            }
            runs[merged] = count;
            runCount = merged;
            int[] exchanged = rows;
            rows = other;
            other = exchanged;
        }
        return rows;
    }

    private static void merge(long[] times, int[] source, int[] target, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takesLeft = right >= end || (left < middle && times[source[left]] <= times[source[right]]);
            target[at] = source[takesLeft ? left++ : right++];
        }
    }
}
