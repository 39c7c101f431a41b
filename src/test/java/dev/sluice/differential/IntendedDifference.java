package dev.sluice.differential;

/**
 * A difference that is on purpose.
 *
 * @param documented the place as the table of docs/compatibility.md names it
 * @param effect what the servers have stored afterwards
 * @param rule that recognizes it
 */
record IntendedDifference(String documented, Effect effect, Rule rule) {

    /** Recognizes one difference, and nothing else. */
    @FunctionalInterface
    interface Rule {
        boolean explains(Exchange exchange);
    }

    /** What the servers have stored after answers that differ. */
    enum Effect {
        /** The same; more can be asked. */
        SAME_DATA,
        /** Not the same: questions that follow would only show that. */
        OTHER_DATA
    }

    static IntendedDifference inWords(String documented, Rule rule) {
        return new IntendedDifference(documented, Effect.SAME_DATA, rule);
    }

    static IntendedDifference inData(String documented, Rule rule) {
        return new IntendedDifference(documented, Effect.OTHER_DATA, rule);
    }
}
