package dev.sluice.query.function;

/** Chande's momentum oscillator over the changes of exactly one period. */
final class WindowMomentum implements Indicator {

    private final ChangeWindow window;
    private boolean begun;
    private double previous;

    WindowMomentum(int period) {
        this.window = new ChangeWindow(period);
    }

    @Override
    public void reset() {
        window.reset();
        begun = false;
    }

    @Override
    public double next(double value) {
        window.add(value, begun ? value - previous : 0);
        begun = true;
        previous = value;
        double up = window.rises();
        double down = window.falls();
        return up + down == 0 ? 0 : 100 * ((up - down) / (up + down));
    }
}
