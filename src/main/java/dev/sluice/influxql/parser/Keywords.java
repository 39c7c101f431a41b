package dev.sluice.influxql.parser;

/** The words that are no identifiers unless quoted. */
public final class Keywords {

    private Keywords() {}

    /** Whether a word, in whatever case, is reserved. */
    public static boolean isReserved(String word) {
        return TokenType.keyword(word) != null;
    }
}
