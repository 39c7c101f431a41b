package dev.sluice.model;

import java.util.Comparator;

/**
 * The order InfluxDB sorts names and tag values in: by the bytes of their UTF-8 form, which is the order of code points
 * and differs from {@link String#compareTo} where surrogate pairs meet characters above U+DFFF.
 */
public final class ByteOrder {

    /** Compares strings as their UTF-8 bytes compare. */
    public static final Comparator<String> STRINGS = ByteOrder::compare;

    private ByteOrder() {}

    /** Negative, zero or positive as {@code a} sorts before, with or after {@code b}. */
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xSurrogate = Character.isSurrogate(x);
                if (xSurrogate != Character.isSurrogate(y)) {
                    // A surrogate stands for a code point above every character outside the surrogate range.
                    return xSurrogate ? 1 : -1;
                }
                return Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
