package dev.sluice.query.function;

/** A running mean in which older values count ever less. Not thread-safe. */
final class ExponentialAverage implements Indicator {

    private final long warmUp;
    private final double weight;
    private final boolean simpleWarmUp;
    private long seen;
    private double average;
    private double sum;

    /**
     * An average.
     *
     * @param warmUp how many values it takes until {@code weight} is right; before, earlier values would count too much
     * @param weight of a new value
     * @param simpleWarmUp whether it is the plain mean while it warms up
     */
    ExponentialAverage(long warmUp, double weight, boolean simpleWarmUp) {
        this.warmUp = warmUp;
        this.weight = weight;
        this.simpleWarmUp = simpleWarmUp;
    }

    /** The usual one over a period. */
    static ExponentialAverage ofPeriod(long period, boolean simpleWarmUp) {
        return new ExponentialAverage(period, 2.0 / (period + 1), simpleWarmUp);
    }

    @Override
    public void reset() {
        seen = 0;
        average = 0;
        sum = 0;
    }

    @Override
    public double next(double value) {
        if (seen >= warmUp) {
            average += (value - average) * weight;
        } else if (simpleWarmUp) {
            sum += value;
            average = sum / (seen + 1);
        } else {
            average += (value - average) * (2.0 / (seen + 2));
        }
        seen++;
        return average;
    }

    boolean isWarm() {
        return seen >= warmUp;
    }
}
