package dev.sluice.lineprotocol;

import java.math.BigInteger;

/**
 * The double nearest to a decimal number of up to 19 digits, without an object: Eisel and Lemire's method ("Number Parsing
 * at a Gigabyte per Second", 2021). The digits are multiplied by a power of five of 128 bits, of which the upper 64 nearly
 * always decide; when they do not, it says so.
 */
final class DecimalToDouble {

    /** What {@link #bits} returns when it cannot decide: the pattern of a NaN, which no decimal number has. */
    static final long UNDECIDED = -1;

    private static final int MIN_POWER = -64;
    private static final int MAX_POWER = 32;

    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;
    private static final int INFINITE_EXPONENT = 0x7FF;

    /** The upper and lower half of five to each power, with the highest bit set; reciprocals are rounded up. */
    private static final long[] UPPER = new long[MAX_POWER - MIN_POWER + 1];

    private static final long[] LOWER = new long[UPPER.length];

    static {
        for (int power = MIN_POWER; power <= MAX_POWER; power++) {
            BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
            BigInteger shifted;
            if (power >= 0) {
                shifted = five.shiftLeft(256);
            } else {
                int bits = five.subtract(BigInteger.ONE).bitLength();
                int shift = power >= -27 ? bits + 127 : 2 * bits + 128;
                shifted = BigInteger.ONE.shiftLeft(shift).divide(five).add(BigInteger.ONE);
            }
            BigInteger normalized = shifted.shiftRight(shifted.bitLength() - 128);
            UPPER[power - MIN_POWER] = normalized.shiftRight(64).longValue();
            LOWER[power - MIN_POWER] = normalized.longValue();
        }
    }

    private DecimalToDouble() {}

    /**
     * The bits of the double nearest to {@code digits * 10^power}, or {@link #UNDECIDED}.
     *
     * @param digits unsigned
     */
    static long bits(long digits, int power) {
        if (digits == 0) {
            return 0;
        }
        if (power < MIN_POWER || power > MAX_POWER) {
            return UNDECIDED;
        }
        int zeros = Long.numberOfLeadingZeros(digits);
        long normalized = digits << zeros;
        long factor = UPPER[power - MIN_POWER];
        long high = unsignedMultiplyHigh(normalized, factor);
        long low = normalized * factor;
        // The nine bits behind those that are used: all ones, and a carry from further below would change what is used.
        if ((high & 0x1FF) == 0x1FF) {
            long carry = unsignedMultiplyHigh(normalized, LOWER[power - MIN_POWER]);
            low += carry;
            high += Long.compareUnsigned(low, carry) < 0 ? 1 : 0;
        }
        if (low == -1 && (power < -27 || power > 55)) {
            return UNDECIDED;
        }
        int upperBit = (int) (high >>> 63);
        int shift = upperBit + 64 - MANTISSA_BITS - 3;
        long mantissa = high >>> shift;
        int exponent = (int) ((217_706L * power) >> 16) + 63 + upperBit - zeros + EXPONENT_BIAS;
        if (exponent <= 0) {
            return UNDECIDED;
        }
        boolean halfway = Long.compareUnsigned(low, 1) <= 0 && power >= -4 && power <= 23 && (mantissa & 3) == 1;
        if (halfway && mantissa << shift == high) {
            mantissa &= ~1L;
        }
        mantissa += mantissa & 1;
        mantissa >>>= 1;
        if (mantissa >= 2L << MANTISSA_BITS) {
            mantissa = 1L << MANTISSA_BITS;
            exponent++;
        }
        if (exponent >= INFINITE_EXPONENT) {
            return UNDECIDED;
        }
        return (mantissa & ~(1L << MANTISSA_BITS)) | ((long) exponent << MANTISSA_BITS);
    }

    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
