package dev.sluice.http.encoding;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as a given double, and of those the closest to it: what Go's
 * {@code strconv.FormatFloat(x, _, -1, 64)} and Python's {@code repr} print. {@link Double#toString} is no substitute: up to
 * JDK 18 it is not always shortest, and it never prints fewer than two digits.
 *
 * <p>The method is Raffaello Giulietti's "The Schubfach way to render doubles": scale the bounds of the rounding interval
 * by a power of ten that makes it between one and ten units wide, in 126-bit arithmetic, and look whether a multiple of
 * ten, else which of two neighbouring units, lies in it. Not thread-safe: the result is in the fields.
 */
final class ShortestDecimal {

    private static final int LEAST_POWER = -293;
    private static final int GREATEST_POWER = 325;
    /** Upper and lower 63 bits of ⌊10^e · 2^-r⌋ + 1, where r leaves 126 bits; for e from {@link #LEAST_POWER}. */
    private static final long[] POWERS = powersOfTen();

    private static final long MASK_63 = Long.MAX_VALUE;
    private static final int LEAST_EXPONENT = -1074;
    private static final long HIDDEN_BIT = 1L << 52;

    /** The digits as a number without trailing zeros; greater than zero. */
    long digits;
    /** The value is {@code digits · 10^exponent}. */
    int exponent;

    /** Finds the decimal of a number that is finite and greater than zero. */
    void convert(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> 52) & 0x7ff;
        long fraction = bits & HIDDEN_BIT - 1;
        long c = biased == 0 ? fraction : fraction | HIDDEN_BIT;
        int q = biased == 0 ? LEAST_EXPONENT : biased + LEAST_EXPONENT - 1;
        shortest(c, q);
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
    }

    private void shortest(long c, int q) {
        // An odd significand's bounds round away from it, so they do not belong to the interval.
        int odd = (int) c & 1;
        long middle = c << 2;
        long right = middle + 2;
        long left;
        int k;
        if (c != HIDDEN_BIT || q == LEAST_EXPONENT) {
            left = middle - 2;
            k = floorLog10OfPower2(q);
        } else {
            // Below a power of two the doubles lie twice as dense.
            left = middle - 1;
            k = floorLog10OfThreeQuartersPower2(q);
        }
        int shift = q + floorLog2OfPower10(-k) + 2;
        int power = (-k - LEAST_POWER) << 1;
        long high = POWERS[power];
        long low = POWERS[power + 1];
        long scaled = scale(high, low, middle << shift);
        long scaledLeft = scale(high, low, left << shift);
        long scaledRight = scale(high, low, right << shift);

        exponent = k;
        long below = scaled >> 2;
        if (below >= 10) {
            long tensBelow = below / 10 * 10;
            long tensAbove = tensBelow + 10;
            boolean belowFits = scaledLeft + odd <= tensBelow << 2;
            boolean aboveFits = (tensAbove << 2) + odd <= scaledRight;
            if (belowFits != aboveFits) {
                digits = belowFits ? tensBelow : tensAbove;
                return;
            }
        }
        long above = below + 1;
        boolean belowFits = scaledLeft + odd <= below << 2;
        boolean aboveFits = (above << 2) + odd <= scaledRight;
        if (belowFits != aboveFits) {
            digits = belowFits ? below : above;
            return;
        }
        long distance = scaled - (below + above << 1);
        digits = distance < 0 || distance == 0 && (below & 1) == 0 ? below : above;
    }

    /** The product shifted right by 127, its last bit set when what was shifted out was not zero. */
    private static long scale(long high, long low, long factor) {
        long carry = Math.multiplyHigh(low, factor);
        long middle = high * factor;
        long top = Math.multiplyHigh(high, factor);
        long sum = (middle >>> 1) + carry;
        long whole = top + (sum >>> 63);
        return whole | (sum & MASK_63) + MASK_63 >>> 63;
    }

    private static int floorLog10OfPower2(int e) {
        return (int) (e * 661_971_961_083L >> 41);
    }

    private static int floorLog10OfThreeQuartersPower2(int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    private static int floorLog2OfPower10(int e) {
        return (int) (e * 913_124_641_741L >> 38);
    }

    private static long[] powersOfTen() {
        long[] powers = new long[(GREATEST_POWER - LEAST_POWER + 1) << 1];
        for (int e = LEAST_POWER; e <= GREATEST_POWER; e++) {
            int r = floorLog2OfPower10(e) - 125;
            BigInteger power = BigInteger.TEN.pow(Math.abs(e));
            BigInteger scaled;
            if (e >= 0) {
                scaled = r >= 0 ? power.shiftRight(r) : power.shiftLeft(-r);
            } else {
                scaled = BigInteger.ONE.shiftLeft(-r).divide(power);
            }
            scaled = scaled.add(BigInteger.ONE);
            powers[(e - LEAST_POWER) << 1] = scaled.shiftRight(63).longValueExact();
            powers[((e - LEAST_POWER) << 1) + 1] = scaled.longValue() & MASK_63;
        }
        return powers;
    }
}
