package dev.sluice.query.function;

/** The last changes and the value before them. Not thread-safe. */
final class ChangeWindow {

    private final double[] changes;
    private final double[] values;
    private int position;

    ChangeWindow(int period) {
        this.changes = new double[period];
        this.values = new double[period];
    }

    void reset() {
        java.util.Arrays.fill(changes, 0);
        java.util.Arrays.fill(values, 0);
        position = 0;
    }

    /**
     * Takes a value.
     *
     * @return the value a period ago, zero when there was none
     */
    double add(double value, double change) {
        double old = values[position];
        values[position] = value;
        changes[position] = change;
        position = (position + 1) % values.length;
        return old;
    }

    double rises() {
        double sum = 0;
        for (double change : changes) {
            sum += Math.max(change, 0);
        }
        return sum;
    }

    double falls() {
        double sum = 0;
        for (double change : changes) {
            sum += Math.max(-change, 0);
        }
        return sum;
    }
}
