package dev.sluice.influxql.parser;

/**
 * Cuts text into tokens. Stateless between calls but for the text: a token is asked for at an offset, so that the parser
 * can go back, and can ask for a regular expression where the grammar allows one.
 *
 * <p>Error positions reproduce those of InfluxDB 1.x, oddities included: strings are reported one character before their
 * quote, and the end of the text one further when a word or blank ran into it.
 */
final class Scanner {

    private final String text;

    Scanner(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The token at an offset, which may be at a blank or comment: those are skipped. */
    Token scan(int offset) {
        int start = offset;
        while (start < text.length()) {
            char c = text.charAt(start);
            if (isBlank(c)) {
                start++;
            } else if (c == '-' && charAt(start + 1) == '-') {
                int end = text.indexOf('\n', start);
                if (end < 0) {
                    // The comment ran into the end, which counts as if that stood one further.
                    return new Token(TokenType.EOF, "", start, text.length(), text.length() + 1);
                }
                start = end + 1;
            } else if (c == '/' && charAt(start + 1) == '*') {
                int end = text.indexOf("*/", start + 2);
                if (end < 0) {
                    return new Token(TokenType.ILLEGAL, "", start, text.length(), start);
                }
                start = end + 2;
            } else {
                break;
            }
        }
        return scanHere(start);
    }

    /** The token at exactly this offset; a blank or comment there is reported as {@link TokenType#ILLEGAL}. */
    Token scanHere(int start) {
        if (start >= text.length()) {
            boolean ranInto = start > 0
                    && (isWordPart(text.charAt(start - 1)) && endsInWord() || isBlank(text.charAt(start - 1)));
            return new Token(TokenType.EOF, "", start, start, ranInto ? text.length() + 1 : text.length());
        }
        char c = text.charAt(start);
        if (isWordStart(c) || c == '"') {
            return scanIdentifier(start);
        }
        if (isDigit(c) || (c == '.' && isDigit(charAt(start + 1)))) {
            return scanNumber(start);
        }
        char next = charAt(start + 1);
        return switch (c) {
            case '\'' -> scanString(start, '\'');
            case '$' -> scanBoundParameter(start);
            case '+' -> operator(TokenType.ADD, start, 1);
            case '-' -> operator(TokenType.SUBTRACT, start, 1);
            case '*' -> operator(TokenType.MULTIPLY, start, 1);
            case '/' -> operator(TokenType.DIVIDE, start, 1);
            case '%' -> operator(TokenType.MODULO, start, 1);
            case '&' -> operator(TokenType.BITWISE_AND, start, 1);
            case '|' -> operator(TokenType.BITWISE_OR, start, 1);
            case '^' -> operator(TokenType.BITWISE_XOR, start, 1);
            case '=' -> next == '~' ? operator(TokenType.REGEX_MATCH, start, 2) : operator(TokenType.EQUAL, start, 1);
            case '!' ->
                next == '='
                        ? operator(TokenType.NOT_EQUAL, start, 2)
                        : next == '~' ? operator(TokenType.REGEX_NO_MATCH, start, 2) : illegal(start);
            case '<' ->
                next == '='
                        ? operator(TokenType.LESS_OR_EQUAL, start, 2)
                        : next == '>' ? operator(TokenType.NOT_EQUAL, start, 2) : operator(TokenType.LESS, start, 1);
            case '>' ->
                next == '=' ? operator(TokenType.GREATER_OR_EQUAL, start, 2) : operator(TokenType.GREATER, start, 1);
            case '(' -> operator(TokenType.LEFT_PAREN, start, 1);
            case ')' -> operator(TokenType.RIGHT_PAREN, start, 1);
            case ',' -> operator(TokenType.COMMA, start, 1);
            case ';' -> operator(TokenType.SEMICOLON, start, 1);
            case ':' -> next == ':' ? operator(TokenType.DOUBLE_COLON, start, 2) : operator(TokenType.COLON, start, 1);
            case '.' -> operator(TokenType.DOT, start, 1);
            default -> illegal(start);
        };
    }

    /** The regular expression whose opening slash stands at the offset. */
    Token scanRegex(int start) {
        StringBuilder pattern = new StringBuilder();
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/') {
                return new Token(TokenType.REGEX, pattern.toString(), start, i + 1, start - 1);
            }
            if (c == '\n') {
                break;
            }
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                if (escaped == '\n') {
                    break;
                }
                if (escaped != '/') {
                    pattern.append('\\');
                }
                pattern.append(escaped);
            } else {
                pattern.append(c);
            }
        }
        return new Token(TokenType.BAD_REGEX, "", start, text.length(), start - 1);
    }

    /** Offset of the next character that is neither blank nor in a comment. */
    int skipBlanks(int offset) {
        return scanStart(offset);
    }

    private int scanStart(int offset) {
        return scan(offset).start();
    }

    private Token scanIdentifier(int start) {
        int i = start;
        while (i < text.length() && isWordPart(text.charAt(i))) {
            i++;
        }
        if (i < text.length() && text.charAt(i) == '"') {
            // What stands before the quote is dropped, as the reference does: foo"v" is the identifier v.
            Token quoted = scanString(i, '"');
            return quoted.is(TokenType.STRING)
                    ? new Token(TokenType.IDENT, quoted.text(), start, quoted.end(), start)
                    : quoted;
        }
        String word = text.substring(start, i);
        TokenType keyword = TokenType.keyword(word);
        return keyword == null
                ? new Token(TokenType.IDENT, word, start, i, start)
                : new Token(keyword, "", start, i, start);
    }

    private Token scanString(int start, char quote) {
        StringBuilder value = null;
        int runStart = start + 1;
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                String tail = text.substring(runStart, i);
                String result = value == null ? tail : value.append(tail).toString();
                return new Token(TokenType.STRING, result, start, i + 1, start - 1);
            }
            if (c == '\n') {
                break;
            }
            if (c == '\\') {
                char escaped = charAt(i + 1);
                if (escaped != 'n' && escaped != '\\' && escaped != '"' && escaped != '\'') {
                    String shown = i + 1 < text.length() ? "\\" + escaped : "\\";
                    return new Token(TokenType.BAD_ESCAPE, shown, start, text.length(), i + 1);
                }
                value = value == null ? new StringBuilder() : value;
                value.append(text, runStart, i).append(escaped == 'n' ? '\n' : escaped);
                runStart = ++i + 1;
            }
        }
        int end = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start);
        String tail = text.substring(Math.min(runStart, end), end);
        String body = value == null ? tail : value.append(tail).toString();
        return new Token(TokenType.BAD_STRING, body, start, end, start - 1);
    }

    private Token scanNumber(int start) {
        int i = start;
        while (isDigit(charAt(i))) {
            i++;
        }
        if (charAt(i) == '.') {
            i++;
            while (isDigit(charAt(i))) {
                i++;
            }
            return new Token(TokenType.NUMBER, text.substring(start, i), start, i, start);
        }
        if (isDurationPart(charAt(i))) {
            while (isDurationPart(charAt(i)) || isDigit(charAt(i))) {
                i++;
            }
            return new Token(TokenType.DURATION_VALUE, text.substring(start, i), start, i, start);
        }
        return new Token(TokenType.INTEGER, text.substring(start, i), start, i, start);
    }

    private Token scanBoundParameter(int start) {
        int i = start + 1;
        while (isWordPart(charAt(i))) {
            i++;
        }
        if (i > start + 1 && charAt(i) != '"') {
            return new Token(TokenType.BOUND_PARAMETER, text.substring(start + 1, i), start, i, start);
        }
        if (charAt(i) == '"') {
            // What stands before the quote is dropped, as in any identifier.
            Token name = scanString(i, '"');
            return name.is(TokenType.STRING)
                    ? new Token(TokenType.BOUND_PARAMETER, name.text(), start, name.end(), start)
                    : name;
        }
        return new Token(TokenType.BOUND_PARAMETER, "", start, start + 1, start);
    }

    private static Token operator(TokenType type, int start, int length) {
        return new Token(type, "", start, start + length, start);
    }

    private Token illegal(int start) {
        int end = text.offsetByCodePoints(start, 1);
        return new Token(TokenType.ILLEGAL, text.substring(start, end), start, end, start);
    }

    /** Whether the last characters are a bare word (and not, say, the unit of a duration). */
    private boolean endsInWord() {
        int i = text.length();
        while (i > 0 && isWordPart(text.charAt(i - 1))) {
            i--;
        }
        return isWordStart(charAt(i));
    }

    char charAt(int offset) {
        return offset >= 0 && offset < text.length() ? text.charAt(offset) : '\0';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }

    private static boolean isDurationPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 'µ';
    }
}
