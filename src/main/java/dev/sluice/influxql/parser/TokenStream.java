package dev.sluice.influxql.parser;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.influxql.BoundParameters;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.RegexLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one text, with going back, bound parameters put in place, and errors in InfluxDB's words. Counts how
 * deep parsers nest, so that no text can exhaust the stack.
 */
final class TokenStream {

    /** How deep parentheses, calls and subqueries may nest together. */
    private static final int MAX_NESTING = 250;

    private final Scanner scanner;
    private final BoundParameters parameters;
    private int offset;
    private int nesting;
    private boolean soughtBehindEnd;

    TokenStream(String text, BoundParameters parameters) {
        // Line ends count as one character, as in the reference.
        this.scanner = new Scanner(text.replace("\r\n", "\n").replace('\r', '\n'));
        this.parameters = parameters;
    }

    /** The next token; blanks and comments before it are passed over. */
    Token next() {
        return take(scanner.scan(offset));
    }

    /** The token that stands right here, without anything in between. */
    Token nextHere() {
        return take(scanner.scanHere(offset));
    }

    Token peek() {
        int before = offset;
        Token token = next();
        offset = before;
        return token;
    }

    /** The character that stands right here, or NUL at the end. */
    char peekCharacter() {
        return scanner.charAt(offset);
    }

    /** As {@link #peekCharacter}; to look behind the end of the text moves that one further, as far as messages tell. */
    char seekCharacter() {
        soughtBehindEnd |= offset == scanner.text().length();
        return scanner.charAt(offset);
    }

    /** Whether the last character passed is a dot. */
    boolean endedWithDot() {
        return scanner.charAt(offset - 1) == '.';
    }

    /**
     * Refuses a slash one token further on. The reference looks for the pattern of {@code policy./pattern/} there even
     * when no dot stands in between, so that {@code FROM cpu,/x/} fails and {@code FROM cpu, /x/} does not.
     */
    void rejectSlashBehindNext() {
        int end = offset;
        while (Scanner.isBlank(scanner.charAt(end))) {
            end++;
        }
        boolean blanks = end > offset;
        end = blanks ? end : scanner.scanHere(offset).end();
        soughtBehindEnd |= !blanks && end == scanner.text().length();
        if (end > offset && scanner.charAt(end) == '/') {
            Token found = blanks
                    ? new Token(TokenType.ILLEGAL, scanner.text().substring(offset, end), offset, end, offset)
                    : scanner.scanHere(offset);
            throw unexpected(found, "regex");
        }
    }

    /** Goes back to before a token that {@link #next} returned. */
    void back(Token token) {
        offset = token.start();
    }

    /** The last token that ends before the given one. */
    Token previous(Token token) {
        Token last = token;
        for (Token each = scanner.scan(0); each.start() < token.start(); each = scanner.scan(each.end())) {
            last = each;
        }
        return last;
    }

    /** Passes the next token when it is of the type. */
    boolean accept(TokenType type) {
        int before = offset;
        if (next().is(type)) {
            return true;
        }
        // Not only to before the token: a remark may be a pattern to who looks next.
        offset = before;
        return false;
    }

    /** Passes the next token, which must be of the type. */
    Token expect(TokenType type, String... expected) {
        Token token = next();
        if (!token.is(type)) {
            throw unexpected(token, expected.length == 0 ? new String[] {type.text()} : expected);
        }
        return token;
    }

    /** Passes a run of keywords. */
    void expectAll(TokenType... types) {
        for (TokenType type : types) {
            expect(type);
        }
    }

    String expectIdentifier() {
        return expect(TokenType.IDENT, "identifier").text();
    }

    String expectString() {
        return expect(TokenType.STRING, "string").text();
    }

    long expectInteger() {
        Token token = expect(TokenType.INTEGER, "integer");
        try {
            return Long.parseLong(token.text());
        } catch (NumberFormatException tooLarge) {
            throw at("strconv.ParseInt: parsing \"" + token.text() + "\": value out of range", token);
        }
    }

    /** A whole number within bounds, as replication factors, limits and offsets are. */
    int expectInteger(int min, int max) {
        Token token = expect(TokenType.INTEGER, "integer");
        long value;
        try {
            value = Long.parseLong(token.text());
        } catch (NumberFormatException tooLarge) {
            throw at("strconv.ParseInt: parsing \"" + token.text() + "\": value out of range", token);
        }
        if (value < min || value > max) {
            throw at("invalid value " + value + ": must be " + min + " <= n <= " + max, token);
        }
        return (int) value;
    }

    /** The regular expression that may stand next; null, without moving, when none does. */
    @Nullable
    RegexLiteral acceptRegex() {
        int start = offset;
        while (Scanner.isBlank(scanner.charAt(start))) {
            start++;
        }
        // A slash here always begins a pattern, that of a remark too.
        boolean pattern = scanner.charAt(start) == '/';
        Token first = pattern ? scanner.scanRegex(start) : scanner.scan(offset);
        // Looking for a slash at the end of the text moves that one further, as far as messages tell.
        soughtBehindEnd |= first.is(TokenType.EOF);
        if (first.is(TokenType.BOUND_PARAMETER)) {
            Token bound = take(first);
            if (bound.is(TokenType.REGEX)) {
                return compile(bound);
            }
            back(bound);
            return null;
        }
        if (!pattern) {
            return null;
        }
        if (first.is(TokenType.BAD_REGEX)) {
            // The reference prints the token's text, which is empty, hence the two blanks.
            throw at("bad regex: ", first);
        }
        offset = first.end();
        return compile(first);
    }

    InfluxqlException unexpected(Token token, String... expected) {
        return at("found " + token.found() + ", expected " + String.join(", ", expected), token);
    }

    /** An error with the position of a token. */
    InfluxqlException at(String message, Token token) {
        return new InfluxqlException(message + positionOf(token.position()));
    }

    void enter(Token token) {
        if (++nesting > MAX_NESTING) {
            throw at("nesting too deep: more than " + MAX_NESTING + " levels", token);
        }
    }

    void leave() {
        nesting--;
    }

    private RegexLiteral compile(Token token) {
        String violation = RegexLimits.violation(token.text());
        if (violation != null) {
            throw at("error parsing regexp: " + violation, token);
        }
        try {
            return new RegexLiteral(Pattern.compile(token.text()));
        } catch (PatternSyntaxException e) {
            // RE2/J finds the brace that closes nothing only when it builds the tree.
            String reason = e.getMessage().contains("stack underflow")
                    ? "error parsing regexp: unexpected ): `" + token.text() + "`"
                    : e.getMessage();
            throw at(reason, token);
        }
    }

    private Token take(Token token) {
        offset = token.end();
        if (soughtBehindEnd && token.is(TokenType.EOF)) {
            return new Token(
                    TokenType.EOF,
                    "",
                    token.start(),
                    token.end(),
                    scanner.text().length() + 1);
        }
        return token.is(TokenType.BOUND_PARAMETER) ? bind(token) : token;
    }

    private Token bind(Token token) {
        BoundParameters.Value value = token.text().isEmpty() ? null : parameters.find(token.text());
        if (value == null) {
            // Within an expression this is an error of its own; elsewhere it is a token that was not expected.
            return new Token(
                    TokenType.BOUND_PARAMETER, "$" + token.text(), token.start(), token.end(), token.position());
        }
        TokenType type =
                switch (value.kind()) {
                    case STRING -> TokenType.STRING;
                    case NUMBER -> TokenType.NUMBER;
                    case INTEGER -> TokenType.INTEGER;
                    case DURATION -> TokenType.DURATION_VALUE;
                    case REGEX -> TokenType.REGEX;
                    case IDENTIFIER -> TokenType.IDENT;
                    case BOOLEAN -> value.text().equals("true") ? TokenType.TRUE : TokenType.FALSE;
                    case INVALID -> throw new InfluxqlException("missing parameter: " + value.text());
                };
        return new Token(type, value.text(), token.start(), token.end(), token.position());
    }

    private String positionOf(int reported) {
        String text = scanner.text();
        int line = 1;
        int lineStart = 0;
        // A string at the very start has nothing before its quote to be reported at.
        int position = Math.max(reported, 0);
        int end = Math.min(position, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = text.codePointCount(lineStart, Math.max(end, lineStart)) + (position - end) + 1;
        return " at line " + line + ", char " + column;
    }

    /** Items separated by commas. */
    <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        do {
            items.add(item.get());
        } while (accept(TokenType.COMMA));
        return items;
    }
}
