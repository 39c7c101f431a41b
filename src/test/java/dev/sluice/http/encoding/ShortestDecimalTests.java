package dev.sluice.http.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTests {

    @ParameterizedTest
    @CsvSource({
        "4.9e-324, 5, -324",
        "1e-323, 1, -323",
        "2.2250738585072014e-308, 22250738585072014, -324",
        "2.225073858507201e-308, 2225073858507201, -323",
        "1.7976931348623157e308, 17976931348623157, 292",
        "9007199254740993, 9007199254740992, 0",
        "2e23, 2, 23",
        "1e23, 1, 23",
        "9.5367431640625e-7, 95367431640625, -20",
        "0.1, 1, -1",
        "0.30000000000000004, 30000000000000004, -17",
        "5e-324, 5, -324",
        "8.41e21, 841, 19",
        "2.0e-3, 2, -3",
        "1.8446744073709552e19, 18446744073709552, 3"
    })
    void convertWhenKnownThenShortest(double value, long digits, int exponent) {
        ShortestDecimal decimal = new ShortestDecimal();
        decimal.convert(value);

        assertThat(decimal.digits).isEqualTo(digits);
        assertThat(decimal.exponent).isEqualTo(exponent);
    }

    @Property(tries = 20_000)
    void convertWhenAnyBitsThenReadsBackAndIsShortestAndClosest(@ForAll long bits) {
        check(Math.abs(Double.longBitsToDouble(bits)));
    }

    @Property(tries = 5_000)
    void convertWhenDecimalWithFewDigitsThenThoseDigits(@ForAll int digits, @ForAll byte exponent) {
        check(Math.abs(new BigDecimal(digits).scaleByPowerOfTen(exponent).doubleValue()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1074, -1073, -1023, -1022, -1021, -54, -53, -1, 0, 1, 52, 53, 54, 100, 1022, 1023})
    void convertWhenAtOrNextToPowerOfTwoThenReadsBackAndIsShortestAndClosest(int power) {
        double value = Math.scalb(1.0, power);
        check(value);
        check(Math.nextUp(value));
        check(Math.nextDown(value));
    }

    @ParameterizedTest
    @ValueSource(ints = {-323, -308, -23, -22, -1, 0, 1, 15, 16, 17, 22, 23, 300, 308})
    void convertWhenAtOrNextToPowerOfTenThenReadsBackAndIsShortestAndClosest(int power) {
        double value = Double.parseDouble("1e" + power);
        check(value);
        check(Math.nextUp(value));
        check(Math.nextDown(value));
    }

    private static void check(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return;
        }
        ShortestDecimal decimal = new ShortestDecimal();
        decimal.convert(value);
        BigDecimal printed = BigDecimal.valueOf(decimal.digits, -decimal.exponent);
        BigDecimal exact = new BigDecimal(value);
        int length = BigDecimal.valueOf(decimal.digits).precision();

        assertThat(printed.doubleValue()).as("reads back").isEqualTo(value);
        assertThat(decimal.digits % 10).as("last digit").isNotZero();
        if (length > 1) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
                assertThat(exact.round(new MathContext(length - 1, mode)).doubleValue())
                        .as("a shorter decimal of %s", value)
                        .isNotEqualTo(value);
            }
        }
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
            BigDecimal neighbour = exact.round(new MathContext(length, mode));
            if (neighbour.doubleValue() == value) {
                assertThat(printed.subtract(exact).abs())
                        .as("distance from %s", value)
                        .isLessThanOrEqualTo(neighbour.subtract(exact).abs());
            }
        }
    }
}
