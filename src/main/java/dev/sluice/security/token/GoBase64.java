package dev.sluice.security.token;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64 as strict as Go's {@code encoding/base64}: padding is neither missing nor superfluous, and the first byte that
 * does not fit has a position, which InfluxDB tells its clients. Unused bits of the last character may be set.
 */
public enum GoBase64 {
    STANDARD("+/"),
    URL("-_");

    private static final char PADDING = '=';
    private static final int ILLEGAL = -1;

    private final byte[] values = new byte[128];

    GoBase64(String last) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last;
        Arrays.fill(values, (byte) ILLEGAL);
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
    }

    /**
     * Bytes or an error.
     *
     * @param bytes null when the text is not base64
     * @param illegalAt position of the first byte that does not fit; -1 when all do
     */
    public record Decoded(byte @Nullable [] bytes, int illegalAt) {

        static Decoded illegal(int position) {
            return new Decoded(null, position);
        }
    }

    /** Reads a text with padding. */
    public Decoded decode(String text) {
        byte[] bytes = new byte[text.length() / 4 * 3 + 3];
        int length = 0;
        int at = 0;
        while (at < text.length()) {
            int quantum = 0;
            int digits = 0;
            while (digits < 4 && at < text.length() && value(text.charAt(at)) != ILLEGAL) {
                quantum = quantum << 6 | value(text.charAt(at));
                digits++;
                at++;
            }
            if (digits == 4) {
                bytes[length++] = (byte) (quantum >> 16);
                bytes[length++] = (byte) (quantum >> 8);
                bytes[length++] = (byte) quantum;
                continue;
            }
            if (at == text.length()) {
                return Decoded.illegal(at - digits);
            }
            int illegal = padding(text, at, digits);
            if (illegal != ILLEGAL) {
                return Decoded.illegal(illegal);
            }
            quantum <<= 6 * (4 - digits);
            bytes[length++] = (byte) (quantum >> 16);
            if (digits == 3) {
                bytes[length++] = (byte) (quantum >> 8);
            }
            break;
        }
        return new Decoded(Arrays.copyOf(bytes, length), ILLEGAL);
    }

    /** Reads a text without padding, as the parts of a token are; like Go's JWT library, which appends it first. */
    Decoded decodeUnpadded(String text) {
        return decode(text + "====".substring(0, (4 - text.length() % 4) % 4));
    }

    /** Position of what is wrong at the end of the text after some digits of a quantum; -1 when it is right. */
    private static int padding(String text, int at, int digits) {
        if (text.charAt(at) != PADDING || digits < 2) {
            return at;
        }
        int next = at + 1;
        if (digits == 2) {
            if (next == text.length()) {
                return next;
            }
            if (text.charAt(next) != PADDING) {
                return next;
            }
            next++;
        }
        return next < text.length() ? next : ILLEGAL;
    }

    private int value(char c) {
        return c < values.length ? values[c] : ILLEGAL;
    }
}
