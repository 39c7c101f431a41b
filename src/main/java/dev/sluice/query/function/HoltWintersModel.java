package dev.sluice.query.function;

import java.util.Arrays;

/**
 * A damped model with a multiplicative season. Which parameters the search finds, and so every digit of the result,
 * depends on details that are the same as InfluxDB's: the recursion is fed with its own values, and each evaluation leaves
 * its last season in the parameters it was given.
 */
final class HoltWintersModel {

    private static final int ALPHA = 0;
    private static final int BETA = 1;
    private static final int GAMMA = 2;
    private static final int PHI = 3;
    private static final int LEVEL = 4;
    private static final int TREND = 5;
    private static final int SEASON = 6;

    private static final double[] GUESSES = {0.3, 0.3 + 0.4};

    private final double[] observed;
    private final int season;
    private double[] parameters = new double[0];

    private HoltWintersModel(double[] observed, int season) {
        this.observed = observed;
        this.season = season;
    }

    /**
     * The model that follows the observations best.
     *
     * @param observed at least two; NaN where nothing is known
     * @param season length in observations; below two for none
     */
    static HoltWintersModel fit(double[] observed, int season) {
        HoltWintersModel model = new HoltWintersModel(observed, season);
        double[] start = model.start();
        double least = Double.POSITIVE_INFINITY;
        double[] best = start;
        for (double alpha : GUESSES) {
            for (double beta : GUESSES) {
                for (double gamma : GUESSES) {
                    for (double phi : GUESSES) {
                        double[] guess = start.clone();
                        guess[ALPHA] = alpha;
                        guess[BETA] = beta;
                        guess[GAMMA] = gamma;
                        guess[PHI] = phi;
                        SimplexSearch.Minimum found = SimplexSearch.minimum(model::error, guess);
                        if (found.value() < least) {
                            least = found.value();
                            best = found.point();
                        }
                    }
                }
            }
        }
        model.parameters = best;
        return model;
    }

    /** The model's values, the first of which is the first observation. */
    double[] values(int count) {
        double[] bounded = parameters.clone();
        bound(bounded);
        return run(bounded, count);
    }

    private boolean isSeasonal() {
        return season >= 2;
    }

    private double[] start() {
        double[] start = new double[SEASON + (isSeasonal() ? season : 0)];
        if (!isSeasonal()) {
            start[LEVEL] = 0.5 * observed[0];
            start[TREND] = Double.isNaN(observed[1]) ? 0 : 0.5 * (observed[1] - observed[0]);
            return start;
        }
        for (int i = 0; i < season; i++) {
            if (i < observed.length && !Double.isNaN(observed[i])) {
                start[LEVEL] += 1.0 / season * observed[i];
            }
            if (season + i < observed.length && !Double.isNaN(observed[i]) && !Double.isNaN(observed[season + i])) {
                start[TREND] += 1 / ((double) season * season) * (observed[season + i] - observed[i]);
            }
        }
        for (int i = 0; i < season; i++) {
            boolean known = i < observed.length && !Double.isNaN(observed[i]);
            start[SEASON + i] = known ? observed[i] / start[LEVEL] : 0;
        }
        return start;
    }

    /** The sum of squared errors; brings the parameters into their bounds and changes their season. */
    private double error(double[] candidate) {
        bound(candidate);
        double[] values = run(candidate, observed.length);
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            if (!Double.isNaN(observed[i])) {
                if (Double.isNaN(values[i])) {
                    return Double.POSITIVE_INFINITY;
                }
                double difference = values[i] - observed[i];
                sum += difference * difference;
            }
        }
        return sum;
    }

    private static void bound(double[] candidate) {
        for (int i = ALPHA; i <= PHI; i++) {
            candidate[i] = Math.max(0, Math.min(1, candidate[i]));
        }
    }

    private double[] run(double[] x, int count) {
        double alpha = x[ALPHA];
        double beta = x[BETA];
        double gamma = x[GAMMA];
        double phi = x[PHI];
        double level = x[LEVEL];
        double trend = x[TREND];
        double damping = phi;
        double value = observed[0];
        double[] values = new double[count];
        values[0] = value;
        int offset = season - 1;
        for (int t = 1; t < count; t++) {
            double then = 1;
            double ahead = 1;
            if (isSeasonal()) {
                then = x[SEASON + (t - season + offset) % season];
                ahead = x[SEASON + (t - season + t % season + offset) % season];
            }
            double expected = level + phi * trend;
            double nextLevel = alpha * (value / then) + (1 - alpha) * expected;
            double nextTrend = beta * (nextLevel - level) + (1 - beta) * phi * trend;
            double nextSeason = gamma * (value / expected) + (1 - gamma) * then;
            value = (nextLevel + damping * nextTrend) * ahead;
            values[t] = value;
            damping += Exponentials.pow(phi, t);
            level = nextLevel;
            trend = nextTrend;
            if (isSeasonal()) {
                x[SEASON + (t + offset) % season] = nextSeason;
                offset++;
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return "season " + season + ", parameters " + Arrays.toString(parameters);
    }
}
