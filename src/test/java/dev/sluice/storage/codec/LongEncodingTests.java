package dev.sluice.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class LongEncodingTests {

    private static final long SECOND = 1_000_000_000;

    private static long[] values(int count, IntToLongFunction value) {
        return IntStream.range(0, count).mapToLong(value::applyAsLong).toArray();
    }

    /** Encodes, decodes, compares, and returns the bytes that the values took. */
    private static int roundTrip(long[] values) {
        ByteWriter out = new ByteWriter(16);
        LongEncoding.encode(out, values, values.length);
        int size = out.size();
        assertThat(decode(out, values.length)).isEqualTo(values);
        ByteWriter bits = new ByteWriter(16);
        LongEncoding.encodeBits(bits, values, values.length);
        assertThat(decode(bits, values.length)).isEqualTo(values);
        return size;
    }

    private static long[] decode(ByteWriter out, int count) {
        int size = out.size();
        out.writeLong(0);
        ByteReader in = new ByteReader(out.toByteArray(), 0);
        long[] decoded = LongEncoding.decode(in, count);
        assertThat(in.position()).as("all that was written is read").isEqualTo(size);
        return decoded;
    }

    @Provide
    Arbitrary<long[]> longs() {
        Arbitrary<Long> any = Arbitraries.longs().edgeCases(cases -> cases.add(Long.MIN_VALUE, Long.MAX_VALUE, 0L));
        Arbitrary<Long> small = Arbitraries.longs().between(-5, 5);
        Arbitrary<Long> mixed = Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(30, small));
        return Arbitraries.oneOf(any.array(long[].class), small.array(long[].class), mixed.array(long[].class));
    }

    @Property(tries = 500)
    void anyValuesComeBack(@ForAll("longs") long[] values) {
        roundTrip(values);
    }

    @Test
    void everyWidthComesBack() {
        Random random = new Random(1);
        for (int width = 0; width <= 64; width++) {
            int shift = 64 - width;
            for (int count : new int[] {1, 2, 3, 255, 256, 257, 1000}) {
                roundTrip(values(count, i -> shift == 64 ? 0 : random.nextLong() >>> shift));
            }
        }
    }

    @Test
    void regularTimesTakeNextToNothing() {
        assertThat(roundTrip(values(4096, i -> 1_700_000_000 * SECOND + i * 10 * SECOND)))
                .isLessThan(64);
    }

    @Test
    void timesWithGapsTakeLittle() {
        assertThat(roundTrip(values(4096, i -> 1_700_000_000 * SECOND + i * SECOND + i / 1000 * 3600 * SECOND)))
                .isLessThan(100);
    }

    @Test
    void timesOfMillisecondsWithJitterArePackedAsMilliseconds() {
        Random random = new Random(2);
        assertThat(roundTrip(values(4096, i -> (1_700_000_000_000L + i * 10_000L + random.nextInt(8)) * 1_000_000)))
                .as("4 bits each, not 24")
                .isLessThan(4096 * 5 / 8);
    }

    @Test
    void steadyCountersTakeNextToNothing() {
        assertThat(roundTrip(values(4096, i -> 7L * i * i))).isLessThan(64);
    }

    @Test
    void outliersDoNotWidenTheOthers() {
        Random random = new Random(3);
        assertThat(roundTrip(values(4096, i -> i % 500 == 7 ? Long.MIN_VALUE + i : random.nextInt(16))))
                .as("4 bits each and a few exceptions")
                .isLessThan(4096 / 2 + 200);
        assertThat(roundTrip(values(4096, i -> i % 500 == 7 ? 1L << 50 : random.nextInt(16))))
                .isLessThan(4096 / 2 + 200);
    }

    @Test
    void rareChangesAreRuns() {
        assertThat(roundTrip(values(4096, i -> i / 300 % 2 * 123_456_789L))).isLessThan(100);
    }

    @Test
    void noValuesComeBack() {
        roundTrip(new long[0]);
    }
}
