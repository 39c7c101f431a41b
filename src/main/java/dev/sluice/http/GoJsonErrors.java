package dev.sluice.http;

/** Says what is wrong with a JSON text in the words of Go's decoder, as far as its first character of fault goes. */
final class GoJsonErrors {

    private GoJsonErrors() {}

    /** The text is known to be no JSON. */
    static String describe(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return "EOF";
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
}
