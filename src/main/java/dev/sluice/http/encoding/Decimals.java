package dev.sluice.http.encoding;

/** Whole numbers in decimal, two digits at a time. Callers make room first. */
final class Decimals {

    /** The most bytes a long takes, sign included. */
    static final int MAX_LENGTH = 20;

    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];
    private static final byte[] SMALLEST = "-9223372036854775808".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
    }

    private Decimals() {}

    /** Writes a number and returns the position behind it. */
    static int put(byte[] bytes, int at, long value) {
        if (value >= 0) {
            return putPositive(bytes, at, value);
        }
        if (value == Long.MIN_VALUE) {
            System.arraycopy(SMALLEST, 0, bytes, at, SMALLEST.length);
            return at + SMALLEST.length;
        }
        bytes[at] = '-';
        return putPositive(bytes, at + 1, -value);
    }

    /** Writes the 64 bits as an unsigned number and returns the position behind it. */
    static int putUnsigned(byte[] bytes, int at, long value) {
        if (value >= 0) {
            return putPositive(bytes, at, value);
        }
        long tens = Long.divideUnsigned(value, 10);
        int end = putPositive(bytes, at, tens);
        bytes[end] = (byte) ('0' + (value - tens * 10));
        return end + 1;
    }

    /** Writes two digits; the value is less than 100. */
    static void putTwo(byte[] bytes, int at, int value) {
        bytes[at] = TENS[value];
        bytes[at + 1] = ONES[value];
    }

    /** Writes exactly so many digits, with leading zeros; the value has no more. */
    static void putPadded(byte[] bytes, int at, long value, int digits) {
        long rest = value;
        int end = at + digits;
        while (end - at >= 2) {
            long hundreds = rest / 100;
            end -= 2;
            putTwo(bytes, end, (int) (rest - hundreds * 100));
            rest = hundreds;
        }
        if (end > at) {
            bytes[at] = (byte) ('0' + rest);
        }
    }

    /** How many digits a number that is not negative has. */
    static int count(long value) {
        int digits = 1;
        long bound = 10;
        while (digits < 19 && value >= bound) {
            digits++;
            bound *= 10;
        }
        return digits;
    }

    private static int putPositive(byte[] bytes, int at, long value) {
        if (value < 10) {
            bytes[at] = (byte) ('0' + value);
            return at + 1;
        }
        if (value < 100) {
            putTwo(bytes, at, (int) value);
            return at + 2;
        }
        int digits = count(value);
        putPadded(bytes, at, value, digits);
        return at + digits;
    }
}
