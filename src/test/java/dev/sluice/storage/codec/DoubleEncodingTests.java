package dev.sluice.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class DoubleEncodingTests {

    private static double[] values(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count).mapToDouble(value::applyAsDouble).toArray();
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    /** Encodes, decodes, compares bits, and returns the bytes that the values took. */
    private static int roundTrip(double[] values) {
        ByteWriter out = new ByteWriter(16);
        DoubleEncoding.encode(out, values, values.length);
        int size = out.size();
        out.writeLong(0);
        ByteReader in = new ByteReader(out.toByteArray(), 0);
        assertThat(bits(DoubleEncoding.decode(in, values.length))).isEqualTo(bits(values));
        assertThat(in.position()).as("all that was written is read").isEqualTo(size);
        return size;
    }

    @Provide
    Arbitrary<double[]> doubles() {
        Arbitrary<Double> special = Arbitraries.of(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                9007199254740991.0,
                9007199254740992.0,
                9007199254740993.0,
                0.1,
                1e22,
                1e-15,
                123456789.123456);
        Arbitrary<Double> decimal =
                Arbitraries.longs().between(-1_000_000, 1_000_000).map(n -> n / 1e4);
        Arbitrary<Double> any = Arbitraries.longs().map(Double::longBitsToDouble);
        Arbitrary<Double> mostlyDecimal = Arbitraries.frequencyOf(Tuple.of(1, special), Tuple.of(40, decimal));
        return Arbitraries.oneOf(
                special.array(double[].class),
                any.array(double[].class),
                decimal.array(double[].class),
                mostlyDecimal.array(double[].class));
    }

    @Property(tries = 500)
    void anyValuesComeBackWithTheSameBits(@ForAll("doubles") double[] values) {
        roundTrip(values);
    }

    @Test
    void decimalsAreIntegers() {
        Random random = new Random(1);
        assertThat(roundTrip(values(4096, i -> Double.parseDouble("5" + random.nextInt(8) + "." + random.nextInt(10)))))
                .as("at most 7 bits each")
                .isLessThan(4096 * 7 / 8 + 100);
        assertThat(roundTrip(values(4096, i -> (50_000_000 + random.nextInt(1 << 14)) / 1e6)))
                .isLessThan(4096 * 14 / 8 + 100);
    }

    @Test
    void fewExceptionsDoNotSpoilDecimals() {
        Random random = new Random(2);
        assertThat(roundTrip(values(4096, i -> i % 200 == 3 ? Math.PI * i : random.nextInt(256) / 100.0)))
                .isLessThan(4096 + 21 * 20);
    }

    @Test
    void singlePrecisionTakesNoMoreThanItsBits() {
        Random random = new Random(3);
        assertThat(roundTrip(values(4096, i -> random.nextFloat() + 1f)))
                .as("23 bits of mantissa")
                .isLessThan(4096 * 3);
    }

    @Test
    void constantsTakeNextToNothing() {
        assertThat(roundTrip(values(4096, i -> Math.PI))).isLessThan(40 + 4096 / 256 * 12);
        assertThat(roundTrip(values(4096, i -> i / 400 * Math.PI))).isLessThan(150);
    }

    @Test
    void noiseTakesHardlyMoreThanItIs() {
        Random random = new Random(4);
        assertThat(roundTrip(values(4096, i -> Double.longBitsToDouble(random.nextLong()))))
                .isLessThan(4096 * 8 + 300);
    }
}
