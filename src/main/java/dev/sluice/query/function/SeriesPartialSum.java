package dev.sluice.query.function;

import dev.sluice.column.DoubleColumn;

/**
 * The sum of one series within one slot. InfluxDB first reduces each series and then adds up the results; as sums of
 * doubles depend on the order of additions, equal answers need the same order.
 */
final class SeriesPartialSum {

    private int slot = -1;
    private double sum;
    private long count;

    /** The slot being summed up, or -1. */
    int slot() {
        return slot;
    }

    double sum() {
        return sum;
    }

    long count() {
        return count;
    }

    void start(int newSlot, double initialSum, long initialCount) {
        slot = newSlot;
        sum = initialSum;
        count = initialCount;
    }

    void add(int toSlot, DoubleColumn values, int start, int end) {
        double[] array = values.array();
        int last = values.arrayOffset() + end;
        double total = slot == toSlot ? sum : 0;
        for (int i = values.arrayOffset() + start; i < last; i++) {
            total += array[i];
        }
        count = (slot == toSlot ? count : 0) + end - start;
        sum = total;
        slot = toSlot;
    }

    /** Forgets the sum. */
    void take() {
        slot = -1;
        sum = 0;
        count = 0;
    }
}
