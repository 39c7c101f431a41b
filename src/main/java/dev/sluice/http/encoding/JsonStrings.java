package dev.sluice.http.encoding;

import java.nio.charset.StandardCharsets;

/**
 * Strings as Go's {@code encoding/json} writes them: HTML's {@code < > &} and the separators U+2028 and U+2029 escaped,
 * other characters beyond ASCII as they are, each byte that is not UTF-8 as an escaped U+FFFD.
 */
final class JsonStrings {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT = "\\ufffd".getBytes(StandardCharsets.US_ASCII);

    /** By byte: 0 stands for itself, 1 begins or continues a longer character, anything else needs an escape. */
    private static final byte[] KIND = new byte[256];

    private static final byte MULTIBYTE = 1;
    private static final byte UNICODE = 2;

    static {
        for (int i = 0; i < 0x20; i++) {
            KIND[i] = UNICODE;
        }
        KIND['\n'] = 'n';
        KIND['\r'] = 'r';
        KIND['\t'] = 't';
        KIND['"'] = '"';
        KIND['\\'] = '\\';
        KIND['<'] = UNICODE;
        KIND['>'] = UNICODE;
        KIND['&'] = UNICODE;
        for (int i = 0x80; i < 0x100; i++) {
            KIND[i] = MULTIBYTE;
        }
    }

    private JsonStrings() {}

    static void put(ByteOutput out, String text) {
        put(out, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes UTF-8 bytes as a quoted string. */
    static void put(ByteOutput out, byte[] text) {
        out.ensure(text.length + 2);
        out.bytes[out.size++] = '"';
        int start = 0;
        int at = 0;
        while (at < text.length) {
            byte kind = KIND[text[at] & 0xff];
            if (kind == 0) {
                at++;
                continue;
            }
            if (kind == MULTIBYTE) {
                int length = Utf8.lengthAt(text, at);
                if (length > 0 && !isSeparator(text, at)) {
                    at += length;
                    continue;
                }
                out.put(text, start, at - start);
                if (length == 0) {
                    out.put(REPLACEMENT);
                    at++;
                } else {
                    out.putAscii("\\u202");
                    out.put(HEX[text[at + 2] & 0xf]);
                    at += length;
                }
            } else {
                out.put(text, start, at - start);
                putEscape(out, text[at], kind);
                at++;
            }
            start = at;
        }
        out.put(text, start, at - start);
        out.put('"');
    }

    /** U+2028 and U+2029 are E2 80 A8 and E2 80 A9; the bytes are known to be valid. */
    private static boolean isSeparator(byte[] text, int at) {
        return text[at] == (byte) 0xe2 && text[at + 1] == (byte) 0x80 && (text[at + 2] & 0xfe) == 0xa8;
    }

    private static void putEscape(ByteOutput out, byte value, byte kind) {
        out.ensure(6);
        out.bytes[out.size++] = '\\';
        if (kind != UNICODE) {
            out.bytes[out.size++] = kind;
            return;
        }
        out.bytes[out.size++] = 'u';
        out.bytes[out.size++] = '0';
        out.bytes[out.size++] = '0';
        out.bytes[out.size++] = HEX[value >> 4];
        out.bytes[out.size++] = HEX[value & 0xf];
    }
}
