package dev.sluice.security.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Says in the words of Go's {@code encoding/json} what is wrong with a JSON text. It makes nothing of a text that is
 * right; somebody else reads that. One pass without recursion, so that depth costs no stack.
 */
final class GoJson {

    /** What may come next. */
    private enum Next {
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        AFTER_VALUE
    }

    private enum Container {
        OBJECT,
        ARRAY
    }

    private static final String END = "unexpected end of JSON input";

    private final String text;
    private final Deque<Container> open = new ArrayDeque<>();
    private int at;

    private GoJson(byte[] json) {
        // A byte is a char here, because Go's messages show bytes.
        this.text = new String(json, StandardCharsets.ISO_8859_1);
    }

    private static final class SyntaxError extends Exception {

        private static final long serialVersionUID = 1L;

        private final String text;

        SyntaxError(String text) {
            super(text, null, false, false);
            this.text = text;
        }
    }

    /** What is wrong with a text, or null when nothing is. */
    static @Nullable String error(byte[] json) {
        GoJson scan = new GoJson(json);
        try {
            scan.value();
            scan.skipSpace();
            if (scan.at < scan.text.length()) {
                throw scan.unexpected("after top-level value");
            }
            return null;
        } catch (SyntaxError error) {
            return error.text;
        }
    }

    /** The same of the first value of a text; what follows is not looked at, and an end too soon has other names. */
    static @Nullable String errorOfFirst(byte[] json) {
        GoJson scan = new GoJson(json);
        try {
            scan.value();
            return null;
        } catch (SyntaxError error) {
            if (!error.text.equals(END)) {
                return error.text;
            }
            return scan.text.isBlank() ? "EOF" : "unexpected EOF";
        }
    }

    private void value() throws SyntaxError {
        Next next = Next.VALUE;
        while (next != Next.AFTER_VALUE || !open.isEmpty()) {
            skipSpace();
            next = step(next, peek());
        }
    }

    private Next step(Next expected, char c) throws SyntaxError {
        return switch (expected) {
            case VALUE_OR_END -> c == ']' ? close() : beginValue(c);
            case VALUE -> beginValue(c);
            case KEY_OR_END -> c == '}' ? close() : key(c);
            case KEY -> key(c);
            case COLON -> separator(c, ':', "after object key", Next.VALUE);
            case AFTER_VALUE -> afterValue(c);
        };
    }

    private Next beginValue(char c) throws SyntaxError {
        switch (c) {
            case '{', '[' -> {
                at++;
                open.push(c == '{' ? Container.OBJECT : Container.ARRAY);
                return c == '{' ? Next.KEY_OR_END : Next.VALUE_OR_END;
            }
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number(c);
        }
        return Next.AFTER_VALUE;
    }

    private Next key(char c) throws SyntaxError {
        if (c != '"') {
            throw unexpected("looking for beginning of object key string");
        }
        string();
        return Next.COLON;
    }

    private Next afterValue(char c) throws SyntaxError {
        if (open.peek() == Container.OBJECT) {
            return c == '}' ? close() : separator(c, ',', "after object key:value pair", Next.KEY);
        }
        return c == ']' ? close() : separator(c, ',', "after array element", Next.VALUE);
    }

    private Next close() {
        at++;
        open.pop();
        return Next.AFTER_VALUE;
    }

    private Next separator(char c, char separator, String where, Next next) throws SyntaxError {
        if (c != separator) {
            throw unexpected(where);
        }
        at++;
        return next;
    }

    private void string() throws SyntaxError {
        at++;
        for (char c = peek(); c != '"'; c = peek()) {
            if (c < ' ') {
                throw unexpected("in string literal");
            }
            at++;
            if (c == '\\') {
                escape();
            }
        }
        at++;
    }

    private void escape() throws SyntaxError {
        char c = peek();
        if ("bfnrt\\/\"u".indexOf(c) < 0) {
            throw unexpected("in string escape code");
        }
        at++;
        for (int i = 0; c == 'u' && i < 4; i++) {
            if (Character.digit(peek(), 16) < 0) {
                throw unexpected("in \\u hexadecimal character escape");
            }
            at++;
        }
    }

    private void literal(String word) throws SyntaxError {
        at++;
        for (int i = 1; i < word.length(); i++) {
            char expected = word.charAt(i);
            if (peek() != expected) {
                throw unexpected("in literal " + word + " (expecting " + quote(expected) + ")");
            }
            at++;
        }
    }

    private void number(char first) throws SyntaxError {
        if (first == '-') {
            at++;
            if (!isDigit(peek())) {
                throw unexpected("in numeric literal");
            }
        } else if (!isDigit(first)) {
            throw unexpected("looking for beginning of value");
        }
        if (peek() == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (isNext('.')) {
            at++;
            digits("after decimal point in numeric literal");
        }
        if (isNext('e') || isNext('E')) {
            at++;
            if (isNext('+') || isNext('-')) {
                at++;
            }
            digits("in exponent of numeric literal");
        }
    }

    private void digits(String where) throws SyntaxError {
        if (!isDigit(peek())) {
            throw unexpected(where);
        }
        skipDigits();
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean isNext(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws SyntaxError {
        if (at >= text.length()) {
            throw new SyntaxError(END);
        }
        return text.charAt(at);
    }

    private SyntaxError unexpected(String where) {
        return new SyntaxError("invalid character " + quote(text.charAt(at)) + " " + where);
    }

    /** As Go quotes a byte that it takes for a code point. */
    private static String quote(char c) {
        String quoted =
                switch (c) {
                    case '\'' -> "\\'";
                    case '\\' -> "\\\\";
                    case 0x07 -> "\\a";
                    case '\b' -> "\\b";
                    case '\f' -> "\\f";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    case 0x0B -> "\\v";
                    default -> isPrintable(c) ? String.valueOf(c) : escaped(c);
                };
        return "'" + quoted + "'";
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c < 0x7F || c > 0xA0 && c != 0xAD;
    }

    private static String escaped(char c) {
        return (c < 0x80 ? "\\x%02x" : "\\u%04x").formatted((int) c);
    }
}
