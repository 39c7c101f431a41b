package dev.sluice.command;

/** Quotes of the fields in line protocol. */
final class Quotes {

    private Quotes() {}

    /** Whether a string field is not closed at the end of a line; names before the fields have no quotes. */
    static boolean areOpen(CharSequence line) {
        int i = 0;
        while (i < line.length() && line.charAt(i) != ' ') {
            i += line.charAt(i) == '\\' ? 2 : 1;
        }
        boolean open = false;
        for (; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                open = !open;
            }
        }
        return open;
    }
}
