package dev.sluice.differential;

/**
 * How two answers compare.
 *
 * @param outcome the class
 * @param reason the name of a difference that is wanted, or empty
 */
record Verdict(Outcome outcome, String reason) {

    enum Outcome {
        EQUAL,
        INTENDED,
        DIFFERENT
    }

    static final Verdict EQUAL = new Verdict(Outcome.EQUAL, "");
    static final Verdict DIFFERENT = new Verdict(Outcome.DIFFERENT, "");

    static Verdict intended(String reason) {
        return new Verdict(Outcome.INTENDED, reason);
    }
}
