package dev.sluice.http.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are what influxd 1.6.7 printed, and what Go's documentation of the formats says. */
class FloatFormatTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0.0, -0, -0",
        "1, 1, 1",
        "-1, -1, -1",
        "1.5, 1.5, 1.5",
        "-273.15, -273.15, -273.15",
        "100, 100, 100",
        "0.1, 0.1, 0.1",
        "0.001, 0.001, 0.001",
        "0.0012, 0.0012, 0.0012",
        "0.00001234, 0.00001234, 0.00001234",
        "0.000001, 0.000001, 0.000001",
        "0.00000099, 9.9e-7, 0.00000099",
        "1e-7, 1e-7, 0.0000001",
        "1.5e-10, 1.5e-10, 0.00000000015",
        "-1e-7, -1e-7, -0.0000001",
        "1e20, 100000000000000000000, 100000000000000000000",
        "1e21, 1e+21, 1000000000000000000000",
        "-1.25e21, -1.25e+21, -1250000000000000000000",
        "123456789.123, 123456789.123, 123456789.123",
        "9007199254740993, 9007199254740992, 9007199254740992",
        "9223372036854775807, 9223372036854776000, 9223372036854776000",
        "0.30000000000000004, 0.30000000000000004, 0.30000000000000004",
        "99999999999.9999, 99999999999.9999, 99999999999.9999",
        "12345678901234.56, 12345678901234.56, 12345678901234.56",
        "1e300, 1e+300, 1E300",
        "1.7976931348623157e308, 1.7976931348623157e+308, 1.7976931348623157E308",
        "5e-324, 5e-324, 5E-324"
    })
    void putWhenKnownThenAsGo(double value, String json, String plain) {
        assertThat(json(value)).isEqualTo(json);
        assertThat(plain(value)).isEqualTo(plain.indexOf('E') < 0 ? plain : new BigDecimal(plain).toPlainString());
    }

    @Property(tries = 20_000)
    void putWhenAnyBitsThenReadsBack(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertThat(Double.parseDouble(json(value))).isEqualTo(value);
            assertThat(Double.parseDouble(plain(value))).isEqualTo(value);
            assertThat(plain(value)).doesNotContain("e");
        }
    }

    @Property(tries = 20_000)
    void putWhenFewDecimalsThenSameAsTheSearch(
            @ForAll @LongRange(min = 1, max = 10_000_000_000L) long digits, @ForAll boolean wide) {
        double value = digits / (wide ? 10_000.0 : 100_000.0);
        ShortestDecimal shortest = new ShortestDecimal();
        shortest.convert(value);

        assertThat(new BigDecimal(json(value)))
                .isEqualByComparingTo(BigDecimal.valueOf(shortest.digits, -shortest.exponent));
        assertThat(json(value)).doesNotMatch(".*\\.\\d*0");
    }

    private static String json(double value) {
        ByteOutput out = new ByteOutput(1);
        new FloatFormat().putJson(out, value);
        return out.toString();
    }

    private static String plain(double value) {
        ByteOutput out = new ByteOutput(1);
        new FloatFormat().putPlain(out, value);
        return out.toString();
    }
}
