package dev.sluice.http.encoding;

import java.nio.charset.StandardCharsets;

/**
 * Fields as Go's {@code encoding/csv} writes them: quoted when they hold a comma, a quote or a line break, begin with
 * white space, or are {@code \.}; a quote inside is doubled.
 */
final class CsvFields {

    private CsvFields() {}

    static void put(ByteOutput out, String field) {
        put(out, field.getBytes(StandardCharsets.UTF_8));
    }

    static void put(ByteOutput out, byte[] field) {
        if (!needsQuotes(field)) {
            out.put(field);
            return;
        }
        out.ensure(field.length + 2);
        out.put('"');
        for (byte b : field) {
            if (b == '"') {
                out.put('"');
            }
            out.put(b);
        }
        out.put('"');
    }

    private static boolean needsQuotes(byte[] field) {
        if (field.length == 0) {
            return false;
        }
        if (field.length == 2 && field[0] == '\\' && field[1] == '.') {
            return true;
        }
        for (byte b : field) {
            if (b == ',' || b == '"' || b == '\r' || b == '\n') {
                return true;
            }
        }
        return startsWithSpace(field);
    }

    /** Go's {@code unicode.IsSpace} of the first character. */
    private static boolean startsWithSpace(byte[] field) {
        if (field[0] >= 0) {
            return field[0] == ' ' || field[0] >= '\t' && field[0] <= '\r';
        }
        int length = Utf8.lengthAt(field, 0);
        if (length == 0) {
            return false;
        }
        int first = new String(field, 0, length, StandardCharsets.UTF_8).codePointAt(0);
        return first == 0x85 || Character.isSpaceChar(first);
    }
}
