package dev.sluice.query.function;

/** Exponential averages of exponential averages, combined as double, triple or rate of change of the triple one. */
final class ChainedAverages implements Indicator {

    /** What is made of the stages. */
    enum Result {
        DOUBLE(2),
        TRIPLE(3),
        RATE_OF_CHANGE(3);

        private final int stages;

        Result(int stages) {
            this.stages = stages;
        }
    }

    private final Result result;
    private final boolean simpleWarmUp;
    private final ExponentialAverage[] stages;
    private final double[] outputs;
    private double previous;

    ChainedAverages(Result result, long period, boolean simpleWarmUp) {
        this.result = result;
        this.simpleWarmUp = simpleWarmUp;
        this.stages = new ExponentialAverage[result.stages];
        this.outputs = new double[result.stages];
        for (int i = 0; i < stages.length; i++) {
            stages[i] = ExponentialAverage.ofPeriod(period, simpleWarmUp);
        }
    }

    @Override
    public void reset() {
        for (ExponentialAverage stage : stages) {
            stage.reset();
        }
        previous = 0;
    }

    @Override
    public double next(double value) {
        double input = value;
        boolean feeds = true;
        for (int i = 0; i < stages.length; i++) {
            // With the simple warm-up a stage waits until the one before it means something.
            outputs[i] = feeds ? stages[i].next(input) : input;
            feeds = feeds && (!simpleWarmUp || stages[i].isWarm());
            input = outputs[i];
        }
        if (result == Result.DOUBLE) {
            return 2 * outputs[0] - outputs[1];
        }
        if (result == Result.TRIPLE) {
            return 3 * outputs[0] - 3 * outputs[1] + outputs[2];
        }
        double change = (outputs[2] / previous - 1) * 100;
        previous = outputs[2];
        return change;
    }
}
