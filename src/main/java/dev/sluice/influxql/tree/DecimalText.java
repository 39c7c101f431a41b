package dev.sluice.influxql.tree;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers in the shortest digits that read back as the same number. Never with an exponent, which
 * InfluxQL cannot read.
 */
final class DecimalText {

    private static final int MOST_DIGITS = 17;

    private DecimalText() {}

    /** Without exponent, with at least one decimal: {@code 2.0}, {@code 0.000001}. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        String text = shortest(value).toPlainString();
        if (text.indexOf('.') < 0) {
            text += ".0";
        }
        return isNegativeZero(value) ? "-" + text : text;
    }

    /** As {@link #plain}, but whole numbers have no decimals: {@code 2}, {@code 0.5}. */
    static String plainest(double value) {
        String text = plain(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Before JDK 19 {@link Double#toString(double)} sometimes has a digit too many, so digits are counted here. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return trim(rounded);
            }
        }
        return trim(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
    }

    private static BigDecimal trim(BigDecimal decimal) {
        return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
    }

    private static boolean isNegativeZero(double value) {
        return value == 0 && 1 / value < 0;
    }

    private static String notFinite(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
}
