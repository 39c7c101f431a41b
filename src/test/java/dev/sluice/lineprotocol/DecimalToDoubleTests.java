package dev.sluice.lineprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The JDK's own conversion is the measure. */
class DecimalToDoubleTests {

    private static void check(long digits, int power) {
        long bits = DecimalToDouble.bits(digits, power);
        if (bits != DecimalToDouble.UNDECIDED) {
            String text = Long.toUnsignedString(digits) + "e" + power;
            assertThat(bits).as(text).isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }

    @Test
    void bitsWhenDigitsAreRandomThenNearest() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300_000; i++) {
            check(random.nextLong() >>> random.nextInt(64), random.nextInt(-70, 40));
        }
    }

    /** Halves between two doubles, and their neighbours. */
    @Test
    void bitsWhenBetweenTwoDoublesThenEven() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100_000; i++) {
            long middle = ((1L << 53) + random.nextLong(1L << 53)) * 2 + 1;
            for (int offset = -1; offset <= 1; offset++) {
                check(middle + offset, 0);
                check((middle >> 5) * 10 + offset, -1);
                check((middle >> 9 | 1) * 125 + offset, -3);
                check((middle >> 12 | 1) + offset, random.nextInt(-4, 24));
            }
        }
    }

    @Test
    void bitsWhenShortestTextOfADoubleThenThatDouble() {
        SplittableRandom random = new SplittableRandom(7);
        int undecided = 0;
        for (int i = 0; i < 200_000; i++) {
            double value = random.nextDouble(100);
            String text = Double.toString(value);
            if (text.indexOf('E') < 0) {
                int scale = text.length() - text.indexOf('.') - 1;
                long bits = DecimalToDouble.bits(Long.parseLong(text.replace(".", "")), -scale);
                undecided += bits == DecimalToDouble.UNDECIDED ? 1 : 0;
                assertThat(bits).isIn(Double.doubleToRawLongBits(value), DecimalToDouble.UNDECIDED);
            }
        }
        assertThat(undecided).isLessThan(10);
    }

    @Test
    void bitsWhenAtTheEdgesThenNearest() {
        for (long digits : new long[] {1, 9, 10, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1}) {
            for (int power = -64; power <= 32; power++) {
                check(digits, power);
            }
        }
        assertThat(DecimalToDouble.bits(0, 5)).isZero();
        assertThat(DecimalToDouble.bits(1, 300)).isEqualTo(DecimalToDouble.UNDECIDED);
    }
}
