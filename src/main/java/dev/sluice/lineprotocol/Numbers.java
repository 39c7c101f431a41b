package dev.sluice.lineprotocol;

import java.nio.charset.StandardCharsets;

/** Numbers from bytes, with InfluxDB's reasons where they are none. */
final class Numbers {

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** So many fit into 64 bits without a sign. */
    private static final int MAX_UNSIGNED_DIGITS = 19;

    private static final long LARGEST_EXACT = 1L << 53;

    private Numbers() {}

    /** The integer in the bytes, the {@code i} behind it not included. */
    static long parseInteger(byte[] bytes, int start, int end) {
        boolean negative = bytes[start] == '-';
        int digits = negative ? start + 1 : start;
        if (digits >= end) {
            throw new MalformedLineException("invalid number");
        }
        long value = 0;
        boolean overflow = false;
        for (int i = digits; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedLineException("invalid number");
            }
            // Counted downwards, as the negative side reaches one further.
            overflow |= value < (Long.MIN_VALUE + digit) / 10;
            value = value * 10 - digit;
        }
        if (overflow || (!negative && value == Long.MIN_VALUE)) {
            String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            throw new MalformedLineException("unable to parse integer " + text + ": strconv.ParseInt: parsing \"" + text
                    + "\": value out of range");
        }
        return negative ? value : -value;
    }

    /** The floating-point number in the bytes. */
    static double parseFloat(byte[] bytes, int start, int end) {
        boolean negative = bytes[start] == '-';
        int i = negative ? start + 1 : start;
        long mantissa = 0;
        int digits = 0;
        int significant = 0;
        int scale = 0;
        boolean point = false;
        for (; i < end; i++) {
            byte b = bytes[i];
            if (b == '.' && !point) {
                point = true;
            } else if (b >= '0' && b <= '9') {
                digits++;
                significant += significant > 0 || b != '0' ? 1 : 0;
                mantissa = mantissa * 10 + (b - '0');
                scale += point ? 1 : 0;
            } else {
                break;
            }
        }
        if (digits == 0) {
            throw new MalformedLineException("invalid number");
        }
        if (i == end && significant <= 18 && isExact(mantissa, scale)) {
            double value = exact(mantissa, scale);
            return negative ? -value : value;
        }
        if (i == end && significant <= MAX_UNSIGNED_DIGITS) {
            long bits = DecimalToDouble.bits(mantissa, -scale);
            if (bits != DecimalToDouble.UNDECIDED) {
                double value = Double.longBitsToDouble(bits);
                return negative ? -value : value;
            }
        }
        return parseHardFloat(bytes, start, i, end);
    }

    /** Whether digits and the power of ten by which they are divided are both doubles. */
    static boolean isExact(long digits, int scale) {
        return digits <= LARGEST_EXACT && scale < POWERS_OF_TEN.length;
    }

    /** The nearest double, as the quotient of exact operands is. */
    static double exact(long digits, int scale) {
        return digits / POWERS_OF_TEN[scale];
    }

    private static double parseHardFloat(byte[] bytes, int start, int exponentAt, int end) {
        int i = exponentAt;
        if (i < end) {
            if (bytes[i] != 'e' && bytes[i] != 'E') {
                throw new MalformedLineException("invalid number");
            }
            i++;
            if (i < end && (bytes[i] == '+' || bytes[i] == '-')) {
                i++;
            }
            if (i == end) {
                throw new MalformedLineException("invalid float");
            }
            for (; i < end; i++) {
                if (bytes[i] < '0' || bytes[i] > '9') {
                    throw new MalformedLineException("invalid number");
                }
            }
        }
        double value = Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
        if (Double.isInfinite(value)) {
            throw new MalformedLineException("invalid float");
        }
        return value;
    }
}
