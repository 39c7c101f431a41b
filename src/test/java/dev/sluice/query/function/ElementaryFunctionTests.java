package dev.sluice.query.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementaryFunctionTests {

    /** Answers of influxd 1.6.7 that the platform's functions round otherwise. */
    @ParameterizedTest
    @CsvSource({
        "log10, 10, 1",
        "log10, 4, 0.6020599913279624",
        "log10, 3, 0.4771212547196624",
        "tan, 1, 1.557407724654902",
        "asin, 0.05, 0.050020856805770016",
        "acos, 0.05, 1.5207754699891265",
        "sin, -18, 0.7509872467716762",
        "cos, -0.6807915752839235, 0.7770747381762029",
        "atan, 7, 1.4288992721907325",
        "sin, 530039854563.8115, -0.24810123286244687",
        "tan, 530039854563.8115, 0.2561086989582202",
        "exp, 1, 2.718281828459045",
    })
    void resultsEqualTheReferencesToTheLastBit(String name, double argument, double result) {
        assertThat(function(name).applyAsDouble(argument)).isEqualTo(result);
    }

    @Test
    void powersAndLogarithmsToABaseEqualTheReferences() {
        assertThat(Exponentials.log(4, 3)).isEqualTo(1.261859507142915);
        assertThat(Exponentials.pow(18067535378.53012, 3)).isEqualTo(5.897890991439059e+30);
        assertThat(Exponentials.pow(-7.7531572647459015, 3)).isEqualTo(-466.0535064363305);
        assertThat(Trigonometry.atan2(801800.9835012455, 801800.9835012455 % 1)).isCloseTo(Math.PI / 2, within(1e-5));
    }

    @Test
    void nothingIsFurtherFromTheTruthThanTheRounding() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double wide = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 16));
            assertClose("sin", wide, Math.sin(wide));
            assertClose("cos", wide, Math.cos(wide));
            assertClose("atan", wide, Math.atan(wide));
            assertClose("log10", Math.abs(wide), Math.log10(Math.abs(wide)));
            assertClose("ln", Math.abs(wide), Math.log(Math.abs(wide)));
            double narrow = random.nextDouble() * 2 - 1;
            assertClose("asin", narrow, Math.asin(narrow));
            assertClose("acos", narrow, Math.acos(narrow));
            assertClose("tan", narrow, Math.tan(narrow));
            assertClose("exp", narrow * 700, Math.exp(narrow * 700));
            double power = Exponentials.pow(Math.abs(wide), narrow * 3);
            double exact = Math.pow(Math.abs(wide), narrow * 3);
            assertThat(power).isCloseTo(exact, within(Math.abs(exact) * 1e-13));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-0.0", "NaN", "Infinity", "-Infinity", "4.9E-324", "1.7976931348623157E308", "-1", "1", "0.5"})
    void extremesAreThoseOfThePlatform(double extreme) {
        assertSame(Exponentials.exp(extreme), Math.exp(extreme));
        assertSame(Exponentials.log(extreme), Math.log(extreme));
        assertSame(Trigonometry.atan(extreme), Math.atan(extreme));
        assertSame(Trigonometry.sin(extreme), Math.sin(extreme));
        assertSame(Trigonometry.cos(extreme), Math.cos(extreme));
        for (double exponent : new double[] {0, 1, -1, 2, -2, 0.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY}) {
            if (extreme == 1 || Math.abs(exponent) == 0.5 && extreme < 0) {
                continue;
            }
            boolean oneAtInfinity = extreme == -1 && Double.isInfinite(exponent);
            assertSame(Exponentials.pow(extreme, exponent), oneAtInfinity ? 1 : Math.pow(extreme, exponent));
        }
        assertThat(Exponentials.pow(1, Double.NaN)).isOne();
    }

    private static void assertSame(double own, double platforms) {
        if (Double.isFinite(platforms) && platforms != 0) {
            assertThat(own).isCloseTo(platforms, within(Math.abs(platforms) * 1e-14));
        } else {
            assertThat(Double.valueOf(own)).isEqualTo(Double.valueOf(platforms));
        }
    }

    private static void assertClose(String name, double argument, double exact) {
        double own = function(name).applyAsDouble(argument);
        assertThat(own).as("%s(%s)", name, argument).isCloseTo(exact, within(Math.max(Math.ulp(exact) * 8, 1e-14)));
    }

    private static DoubleUnaryOperator function(String name) {
        return switch (name) {
            case "sin" -> Trigonometry::sin;
            case "cos" -> Trigonometry::cos;
            case "tan" -> Trigonometry::tan;
            case "asin" -> Trigonometry::asin;
            case "acos" -> Trigonometry::acos;
            case "atan" -> Trigonometry::atan;
            case "exp" -> Exponentials::exp;
            case "ln" -> Exponentials::log;
            case "log10" -> Exponentials::log10;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
