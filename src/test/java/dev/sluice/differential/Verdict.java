package dev.sluice.differential;

/**
 * How two answers compare.
 *
 * @param outcome the class
 * @param reason the name of a difference that is wanted, or empty
 * @param comparable whether both servers have the same data afterwards, as far as is known
 */
record Verdict(Outcome outcome, String reason, boolean comparable) {

    enum Outcome {
        EQUAL,
        INTENDED,
        DIFFERENT,
        /** The reference died of the question, or did not come to an end. */
        UNANSWERED
    }

    static final Verdict EQUAL = new Verdict(Outcome.EQUAL, "", true);
    static final Verdict DIFFERENT = new Verdict(Outcome.DIFFERENT, "", false);
    static final Verdict UNANSWERED = new Verdict(Outcome.UNANSWERED, "", false);

    static Verdict intended(IntendedDifference difference) {
        return new Verdict(
                Outcome.INTENDED, difference.documented(), difference.effect() == IntendedDifference.Effect.SAME_DATA);
    }

    /** What {@link GhostSeries} is about. */
    static Verdict refusedPoints() {
        return new Verdict(Outcome.INTENDED, GhostSeries.DOCUMENTED, true);
    }
}
