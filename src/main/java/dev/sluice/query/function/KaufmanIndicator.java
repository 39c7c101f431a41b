package dev.sluice.query.function;

/** Kaufman's efficiency ratio, and the moving average that follows faster the more efficient the movement is. */
final class KaufmanIndicator implements Indicator {

    /** The weight of an average over 30 values. */
    private static final double SLOWEST = 2.0 / 31;

    /** What is missing to the weight of one over two, 2/3; as one fraction, since the last digit depends on it. */
    private static final double RANGE = 56.0 / 93;

    private final boolean averages;
    private final int period;
    private final ChangeWindow window;
    private long seen;
    private double previous;
    private double average;

    KaufmanIndicator(boolean averages, int period) {
        this.averages = averages;
        this.period = period;
        this.window = new ChangeWindow(period);
    }

    @Override
    public void reset() {
        window.reset();
        seen = 0;
        previous = 0;
        average = 0;
    }

    @Override
    public double next(double value) {
        double old = window.add(value, value - previous);
        double path = window.rises() + window.falls();
        double distance = Math.abs(value - old);
        double efficiency = path == 0 || distance == 0 ? 0 : distance / path;
        if (averages) {
            double smoothing = efficiency * RANGE + SLOWEST;
            if (seen <= period) {
                average = previous;
            }
            average += smoothing * smoothing * (value - average);
        }
        seen++;
        previous = value;
        return averages ? average : efficiency;
    }
}
