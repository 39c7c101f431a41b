package dev.sluice.http;

import java.util.List;

/** Says what is wrong with a JSON text in the words of Go's decoder, as far as its first character of fault goes. */
final class GoJsonErrors {

    private static final List<String> LITERALS = List.of("null", "true", "false");

    private GoJsonErrors() {}

    /** The text is known to be no JSON. */
    static String describe(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return "EOF";
        }
        for (String literal : LITERALS) {
            if (stripped.charAt(0) == literal.charAt(0)) {
                return inLiteral(stripped, literal);
            }
        }
        if (!stripped.startsWith("{") && !stripped.startsWith("[") && !stripped.startsWith("\"")) {
            return "invalid character '" + stripped.charAt(0) + "' looking for beginning of value";
        }
        String rest = stripped.substring(1).strip();
        if (stripped.startsWith("{") && !rest.isEmpty() && rest.charAt(0) != '"' && rest.charAt(0) != '}') {
            return "invalid character '" + rest.charAt(0) + "' looking for beginning of object key string";
        }
        return "unexpected EOF";
    }

    private static String inLiteral(String text, String literal) {
        for (int i = 1; i < Math.min(text.length(), literal.length()); i++) {
            if (text.charAt(i) != literal.charAt(i)) {
                return "invalid character '" + text.charAt(i) + "' in literal " + literal + " (expecting '"
                        + literal.charAt(i) + "')";
            }
        }
        return "unexpected EOF";
    }
}
