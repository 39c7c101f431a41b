package dev.sluice.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTests {

    @Test
    void indexOfThenTheFirstWithinTheRange() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                // Neighbours of the wanted byte and its negative are what the trick with words could take for it.
                bytes[i] = (byte)
                        (new int[] {43, 45, 44 - 128, 0, 255, 128, 44}[random.nextInt(random.nextBoolean() ? 7 : 6)]);
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] != 44) {
                expected++;
            }
            assertThat(ByteSearch.indexOf((byte) 44, bytes, from, to)).isEqualTo(expected);
        }
    }
}
