package dev.sluice.query.function;

/** The state of a function of technical analysis: takes value after value and has a result for each. */
interface Indicator {

    /** Forgets everything. */
    void reset();

    /** The result for the next value; those that the hold period suppresses need not mean anything. */
    double next(double value);
}
