package dev.sluice.query.function;

/**
 * Exponential functions and logarithms whose results equal InfluxDB's to the last bit. The platform's own are as exact, but
 * round differently in every third case. InfluxDB's on x86-64 with fused multiply-add are: the logarithm of Sun's fdlibm
 * without its short cuts; the exponential function of N. Shibata, "Efficient evaluation methods of elementary functions
 * suitable for SIMD computation" (2010); powers by squaring for the whole part of the exponent.
 */
final class Exponentials {

    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;
    private static final double LOG2_OF_E = 1.4426950408889634073599246810018920;
    private static final double LOG10_OF_E = 0.43429448190325182765112891891660508229;
    private static final double HALF_ROOT_OF_2 = 7.07106781186547524401e-01;

    /** Coefficients of fdlibm's {@code e_log}. */
    private static final double[] LOG = {
        6.666666666666735130e-01,
        3.999999999940941908e-01,
        2.857142874366239149e-01,
        2.222219843214978396e-01,
        1.818357216161805012e-01,
        1.531383769920937332e-01,
        1.479819860511658591e-01
    };

    /** The natural logarithm of 2 in two parts, for the reduction of the exponent. */
    private static final double LN2_UPPER = 0.69314718055966295651160180568695068359375;

    private static final double LN2_LOWER = 0.28235290563031577122588448175013436025525412068e-12;

    /** Where the exponential function leaves the range of numbers. */
    private static final double MOST_EXPONENT = 7.09782712893384e+02;

    /** 1/8!, 1/7!, … 1/2!, 1. */
    private static final double[] TAYLOR = {1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0};

    private Exponentials() {}

    /** The natural logarithm; NaN below zero, negative infinity for zero. */
    static double log(double x) {
        if (!(x > 0) || Double.isInfinite(x)) {
            return Math.log(x);
        }
        int exponent = exponent(x);
        double fraction = fraction(x, exponent);
        if (fraction < HALF_ROOT_OF_2) {
            fraction *= 2;
            exponent--;
        }
        double f = fraction - 1;
        double s = f / (2 + f);
        double s2 = s * s;
        double s4 = s2 * s2;
        double odd = s2 * (LOG[0] + s4 * (LOG[2] + s4 * (LOG[4] + s4 * LOG[6])));
        double even = s4 * (LOG[1] + s4 * (LOG[3] + s4 * LOG[5]));
        double half = 0.5 * f * f;
        return exponent * LN2_HIGH - ((half - (s * (half + (odd + even)) + exponent * LN2_LOW)) - f);
    }

    /** The binary logarithm; exact for powers of two. */
    static double log2(double x) {
        if (!(x > 0) || Double.isInfinite(x)) {
            return Math.log(x);
        }
        int exponent = exponent(x);
        double fraction = fraction(x, exponent);
        return fraction == 0.5 ? exponent - 1 : log(fraction) * LOG2_OF_E + exponent;
    }

    static double log10(double x) {
        return log(x) * LOG10_OF_E;
    }

    /** The logarithm of {@code x} to a base. */
    static double log(double x, double base) {
        return log(x) / log(base);
    }

    static double exp(double x) {
        if (Double.isNaN(x) || x > MOST_EXPONENT || x == Double.NEGATIVE_INFINITY) {
            return Math.exp(x);
        }
        double power = Math.rint(LOG2_OF_E * x);
        double rest = Math.fma(-power, LN2_LOWER, Math.fma(-power, LN2_UPPER, x)) * 0.0625;
        double sum = TAYLOR[0];
        for (int i = 1; i < TAYLOR.length; i++) {
            sum = Math.fma(sum, rest, TAYLOR[i]);
        }
        // The sum is that of exp(rest) - 1, and (1 + y)² - 1 = y (y + 2): four times, as the rest was divided by 16.
        double lessOne = rest * sum;
        for (int i = 0; i < 3; i++) {
            lessOne *= lessOne + 2;
        }
        return timesPowerOfTwo(Math.fma(lessOne, lessOne + 2, 1), (int) Math.max(power, -5000));
    }

    private static double timesPowerOfTwo(double value, int power) {
        int biased = power + 0x3ff;
        if (biased > 0) {
            return biased >= 0x7ff ? Double.POSITIVE_INFINITY : value * Double.longBitsToDouble((long) biased << 52);
        }
        return biased < -52 ? 0 : value * Double.longBitsToDouble((long) (biased + 0x3fe) << 52) * Double.MIN_NORMAL;
    }

    static double pow(double x, double y) {
        boolean special = Double.isNaN(x) || Double.isNaN(y) || Double.isInfinite(x) || Double.isInfinite(y);
        if (x == 0 || y == 0 || x == 1 || special) {
            boolean one = y == 0 || x == 1 || (x == -1 && Double.isInfinite(y));
            // Java has no power of one where the exponent is no number.
            return one ? 1 : Math.pow(x, y);
        }
        if (Math.abs(y) == 0.5) {
            return y > 0 ? Math.sqrt(x) : 1 / Math.sqrt(x);
        }
        double whole = Math.floor(Math.abs(y));
        double part = Math.abs(y) - whole;
        if (part != 0 && x < 0) {
            return Double.NaN;
        }
        if (whole >= 0x1p63) {
            return Math.pow(x, y);
        }
        double result = 1;
        if (part != 0) {
            if (part > 0.5) {
                part--;
                whole++;
            }
            result = exp(part * log(x));
        }
        return withWholePower(result, x, (long) whole, y < 0);
    }

    /** {@code start · x^power}, or one divided by it. */
    private static double withWholePower(double start, double x, long power, boolean inverse) {
        double result = start;
        long resultExponent = 0;
        int exponent = exponent(x);
        double square = fraction(x, exponent);
        long squareExponent = exponent;
        for (long bits = power; bits != 0; bits >>= 1) {
            if (Math.abs(squareExponent) > 1 << 12) {
                // Whatever comes now, the result is out of range.
                resultExponent += squareExponent;
                break;
            }
            if ((bits & 1) == 1) {
                result *= square;
                resultExponent += squareExponent;
            }
            square *= square;
            squareExponent <<= 1;
            if (square < 0.5) {
                square += square;
                squareExponent--;
            }
        }
        return inverse ? Math.scalb(1 / result, (int) -resultExponent) : Math.scalb(result, (int) resultExponent);
    }

    /** The exponent of two for which the number is a fraction from 0.5 to less than 1. */
    private static int exponent(double x) {
        int exponent = Math.getExponent(x);
        return exponent < Double.MIN_EXPONENT ? Math.getExponent(x * 0x1p60) - 59 : exponent + 1;
    }

    private static double fraction(double x, int exponent) {
        return exponent > Double.MIN_EXPONENT ? Math.scalb(x, -exponent) : Math.scalb(x * 0x1p60, -exponent - 60);
    }
}
