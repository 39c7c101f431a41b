package dev.sluice.catalog;

import java.nio.charset.StandardCharsets;

/** Which names databases, retention policies and the like may have. */
final class Names {

    private static final int MAX_BYTES = 255;

    /** InfluxDB knows no limit for the names of queries and subscriptions; a key of a database index has one. */
    private static final int MAX_OTHER_BYTES = 1024;

    private Names() {}

    /**
     * Checks a name of a database or retention policy, which InfluxDB also uses as the name of a folder.
     *
     * @throws CatalogException {@code invalid name} or {@code name too long}
     */
    static void check(String name) {
        checkCharacters(name);
        checkLength(name);
    }

    static void checkCharacters(String name) {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.codePoints().anyMatch(c -> c == '/' || c == '\\' || !isPrintable(c))) {
            throw new CatalogException("invalid name");
        }
    }

    static void checkLength(String name) {
        if (utf8Length(name) > MAX_BYTES) {
            throw new CatalogException("name too long");
        }
    }

    /** Checks a name or text that may hold anything a database can keep: no NUL, no half of a surrogate pair. */
    static void checkStorable(String text) {
        if (text.codePoints().anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
            throw new CatalogException("invalid name");
        }
    }

    static void checkOther(String name) {
        checkStorable(name);
        if (utf8Length(name) > MAX_OTHER_BYTES) {
            throw new CatalogException("name too long");
        }
    }

    private static int utf8Length(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and of the spaces only U+0020. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
