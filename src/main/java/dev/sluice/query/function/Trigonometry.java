package dev.sluice.query.function;

import java.math.BigInteger;

/**
 * Trigonometric functions whose results equal InfluxDB's to the last bit. The platform's own are as exact, but round
 * differently in every third case. InfluxDB's are those of S. Moshier's Cephes library (2.8), with the angle reduced by as many
 * digits of 4/π as it takes (K. C. Ng, "Argument reduction for huge arguments", 1992) from 2²⁹ on.
 */
final class Trigonometry {

    private static final double LARGE = 0x1p29;

    /** π/4 in three parts. */
    private static final double[] QUARTER = {
        7.85398125648498535156e-1, 3.77489470793079817668e-8, 2.69515142907905952645e-15
    };

    private static final double[] SIN = {
        1.58962301576546568060e-10,
        -2.50507477628578072866e-8,
        2.75573136213857245213e-6,
        -1.98412698295895385996e-4,
        8.33333333332211858878e-3,
        -1.66666666666666307295e-1
    };

    private static final double[] COS = {
        -1.13585365213876817300e-11,
        2.08757008419747316778e-9,
        -2.75573141792967388112e-7,
        2.48015872888517045348e-5,
        -1.38888888888730564116e-3,
        4.16666666666665929218e-2
    };

    private static final double[] TAN_ABOVE = {
        -1.30936939181383777646e4, 1.15351664838587416140e6, -1.79565251976484877988e7
    };
    private static final double[] TAN_BELOW = {
        1, 1.36812963470692954678e4, -1.32089234440210967447e6, 2.50083801823357915839e7, -5.38695755929454629881e7
    };

    private static final double[] ATAN_ABOVE = {
        -8.750608600031904122785e-01,
        -1.615753718733365076637e+01,
        -7.500855792314704667340e+01,
        -1.228866684490136173410e+02,
        -6.485021904942025371773e+01
    };
    private static final double[] ATAN_BELOW = {
        1,
        2.485846490142306297962e+01,
        1.650270098316988542046e+02,
        4.328810604912902668951e+02,
        4.853903996359136964868e+02,
        1.945506571482613964425e+02
    };

    private static final double TAN_OF_3_EIGHTHS = 2.41421356237309504880;

    /** What π/2 is more than its double. */
    private static final double MORE_OF_HALF = 6.123233995736765886130e-17;

    /** 4/π, behind the point. */
    private static final BigInteger FOUR_BY_PI = new BigInteger(
                    "45f306dc9c882a53f84eafa3ea69bb81b6c52b3278872083fca2c757bd778ac36e48dc74849ba5c00c925dd413a32439"
                            + "fc3bd63962534e7dd1046bea5d768909d338e04d68befc827323ac7306a673e93908bf177bf250763ff12fffbc0b301f"
                            + "de5e2316b414da3eda6cfd9e4f96136e9e8c7ecd3cbfd45aea4f758fd7cbe2f67a0e73ef14a525d4d7f6bf623f1aba10"
                            + "ac06608df8f6d757",
                    16)
            .setBit(1216);

    private static final int DIGITS = 1216;

    private Trigonometry() {}

    static double sin(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return Math.sin(x);
        }
        Angle angle = Angle.of(Math.abs(x));
        int octant = angle.octant & 7;
        boolean below = octant > 3;
        boolean crosswise = (octant & 3) == 1 || (octant & 3) == 2;
        double result = crosswise ? cosNearZero(angle.rest) : sinNearZero(angle.rest);
        return below == x < 0 ? result : -result;
    }

    static double cos(double x) {
        if (!Double.isFinite(x)) {
            return Double.NaN;
        }
        Angle angle = Angle.of(Math.abs(x));
        int octant = angle.octant & 7;
        boolean left = octant > 3;
        boolean crosswise = (octant & 3) == 1 || (octant & 3) == 2;
        double result = crosswise ? sinNearZero(angle.rest) : cosNearZero(angle.rest);
        return left == (octant & 3) > 1 ? result : -result;
    }

    static double tan(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return Math.tan(x);
        }
        Angle angle = Angle.of(Math.abs(x));
        double z = angle.rest;
        double square = z * z;
        double result = z;
        if (square > 1e-14) {
            result = z + z * (square * polynomial(TAN_ABOVE, square) / polynomial(TAN_BELOW, square));
        }
        if ((angle.octant & 2) == 2) {
            result = -1 / result;
        }
        return x < 0 ? -result : result;
    }

    static double atan(double x) {
        if (x == 0) {
            return x;
        }
        return x > 0 ? atanOfPositive(x) : -atanOfPositive(-x);
    }

    static double asin(double x) {
        if (x == 0) {
            return x;
        }
        double size = Math.abs(x);
        if (size > 1) {
            return Double.NaN;
        }
        double other = Math.sqrt(1 - size * size);
        double result = size > 0.7 ? Math.PI / 2 - atanOfPositive(other / size) : atanOfPositive(size / other);
        return x < 0 ? -result : result;
    }

    static double acos(double x) {
        return Math.PI / 2 - asin(x);
    }

    /** The angle of a point. */
    static double atan2(double y, double x) {
        if (x == 0 || y == 0 || !Double.isFinite(x) || !Double.isFinite(y)) {
            return Math.atan2(y, x);
        }
        double angle = atan(y / x);
        if (x > 0) {
            return angle;
        }
        return angle <= 0 ? angle + Math.PI : angle - Math.PI;
    }

    private static double sinNearZero(double z) {
        double square = z * z;
        return z + z * square * polynomial(SIN, square);
    }

    private static double cosNearZero(double z) {
        double square = z * z;
        return 1 - 0.5 * square + square * square * polynomial(COS, square);
    }

    private static double atanOfPositive(double x) {
        if (x <= 0.66) {
            return atanNearZero(x);
        }
        if (x > TAN_OF_3_EIGHTHS) {
            return Math.PI / 2 - atanNearZero(1 / x) + MORE_OF_HALF;
        }
        return Math.PI / 4 + atanNearZero((x - 1) / (x + 1)) + 0.5 * MORE_OF_HALF;
    }

    private static double atanNearZero(double x) {
        double square = x * x;
        return x * (square * polynomial(ATAN_ABOVE, square) / polynomial(ATAN_BELOW, square)) + x;
    }

    private static double polynomial(double[] coefficients, double x) {
        double result = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            result = result * x + coefficients[i];
        }
        return result;
    }

    /**
     * A positive angle as a number of octants, made even, and what is left.
     *
     * @param octant only its last three bits matter
     * @param rest from -π/4 to π/4
     */
    private record Angle(int octant, double rest) {

        static Angle of(double x) {
            if (x >= LARGE) {
                return ofLarge(x);
            }
            int octant = (int) (x * (4 / Math.PI));
            octant += octant & 1;
            double rest = ((x - octant * QUARTER[0]) - octant * QUARTER[1]) - octant * QUARTER[2];
            return new Angle(octant, rest);
        }

        private static Angle ofLarge(double x) {
            int exponent = Math.getExponent(x) - 52;
            long bits = Double.doubleToRawLongBits(x);
            BigInteger mantissa = BigInteger.valueOf((bits & ((1L << 52) - 1)) | 1L << 52);
            BigInteger octants = mantissa.multiply(FOUR_BY_PI);
            int point = DIGITS - exponent;
            int octant = octants.shiftRight(point).intValue() & 7;
            BigInteger behind = octants.subtract(octants.shiftRight(point).shiftLeft(point));
            // Further digits are cut off, not rounded.
            int surplus = behind.bitLength() - 53;
            double rest = Math.scalb(behind.shiftRight(surplus).doubleValue(), surplus - point);
            return (octant & 1) == 0
                    ? new Angle(octant, rest * (Math.PI / 4))
                    : new Angle(octant + 1, (rest - 1) * (Math.PI / 4));
        }
    }
}
