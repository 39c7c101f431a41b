package dev.sluice.http;

/**
 * Takes passwords out of statements that are about to be logged as they were sent, valid or not. A scanner rather than a
 * pattern: the JDK's patterns recurse for each character of a quoted text, and a long one overflows the stack.
 *
 * <p>What a password is can only be said by parsing, and what does not parse is logged as well. So the text in quotes behind
 * the word goes, and wherever it is doubtful which text that is, everything up to the end does.
 */
final class PasswordRedaction {

    /** What stands for what was taken out. */
    static final String REDACTED = "[REDACTED]";

    private static final String WORD = "password";

    private PasswordRedaction() {}

    /** The statements with nothing secret in them; takes time in proportion to the length. */
    static String redact(String statements) {
        int word = statements.indexOf('\'') < 0 ? -1 : find(statements, 0, statements.length());
        if (word < 0) {
            return statements;
        }
        StringBuilder safe = new StringBuilder(statements.length());
        int copied = 0;
        while (word >= 0) {
            int open = statements.indexOf('\'', word);
            if (open < 0) {
                break;
            }
            int close = closingQuote(statements, open);
            safe.append(statements, copied, open).append(REDACTED);
            copied = isDoubtful(statements, word, open, close) ? statements.length() : close;
            word = find(statements, copied, statements.length());
        }
        return safe.append(statements, copied, statements.length()).toString();
    }

    /** Whether the quote may be part of a name, of a comment or the end of a text instead of the begin of the password. */
    private static boolean isDoubtful(String text, int word, int open, int close) {
        int nameQuotes = 0;
        for (int i = word; i < open; i++) {
            switch (text.charAt(i)) {
                case '"' -> nameQuotes++;
                case '\\' -> {
                    return true;
                }
                case '-', '/' -> {
                    char next = text.charAt(i + 1);
                    if (next == '-' || next == '*') {
                        return true;
                    }
                }
                default -> {
                    // Says nothing.
                }
            }
        }
        return nameQuotes % 2 != 0 || find(text, open, close) >= 0;
    }

    /** The place behind the quote that closes a text, or the end where none does. */
    private static int closingQuote(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return text.length();
    }

    /** Where the word stands next, as a word or as the end of one; -1 where it does not. */
    private static int find(String text, int from, int to) {
        int last = to - WORD.length();
        for (int i = from; i <= last; i++) {
            char c = text.charAt(i);
            if ((c == 'p' || c == 'P') && text.regionMatches(true, i, WORD, 0, WORD.length())) {
                int end = i + WORD.length();
                if (end == text.length() || !isWordPart(text.charAt(end))) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean isWordPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
