package dev.sluice.query.function;

/** Rises against falls of the last values: the relative strength index and Chande's momentum oscillator. */
final class Momentum implements Indicator {

    private final boolean oscillator;
    private final ExponentialAverage rises;
    private final ExponentialAverage falls;
    private double previous;

    /**
     * A state.
     *
     * @param oscillator whether the result is between -100 and 100, not between 0 and 100
     */
    Momentum(boolean oscillator, long period, boolean simpleWarmUp) {
        this.oscillator = oscillator;
        this.rises = new ExponentialAverage(period + 1, 1.0 / period, simpleWarmUp);
        this.falls = new ExponentialAverage(period + 1, 1.0 / period, simpleWarmUp);
    }

    @Override
    public void reset() {
        rises.reset();
        falls.reset();
        previous = 0;
    }

    @Override
    public double next(double value) {
        double change = value - previous;
        previous = value;
        double up = rises.next(Math.max(change, 0));
        double down = falls.next(Math.max(-change, 0));
        if (oscillator) {
            return up + down == 0 ? 0 : 100 * ((up - down) / (up + down));
        }
        return 100 - 100 / (1 + up / down);
    }
}
