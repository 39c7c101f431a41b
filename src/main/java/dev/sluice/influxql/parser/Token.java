package dev.sluice.influxql.parser;

/**
 * A token.
 *
 * @param type its kind
 * @param text what stands for it in errors when not empty: the word, the unescaped string, the number
 * @param start offset of its first character
 * @param end offset behind its last character
 * @param position offset that errors report, which for some kinds is not where it starts; may lie behind the text
 */
record Token(TokenType type, String text, int start, int end, int position) {

    /** What an error message says was found. */
    String found() {
        return text.isEmpty() ? type.text() : text;
    }

    boolean is(TokenType other) {
        return type == other;
    }
}
