package dev.sluice.query.function;

/** Kaufman's efficiency ratio, and the moving average that follows faster the more efficient the movement is. */
final class KaufmanIndicator implements Indicator {

    private static final double FASTEST = 2.0 / (2 + 1);
    private static final double SLOWEST = 2.0 / (30 + 1);

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
            double smoothing = efficiency * (FASTEST - SLOWEST) + SLOWEST;
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
