package dev.sluice.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyBlockTests {

    @Test
    void decompressWhenCompressedThenTheSame() throws Exception {
        byte[] plain = new byte[100_000];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i * i >> 8);
        }
        assertThat(SnappyBlock.decompress(SnappyBlock.compress(plain, plain.length), plain.length))
                .isEqualTo(plain);
        assertThat(SnappyBlock.decompress(SnappyBlock.compress(new byte[1 << 20], 1 << 20), 1 << 20))
                .hasSize(1 << 20);
        assertThat(SnappyBlock.decompress(new byte[] {0}, 0)).isEmpty();
    }

    @Test
    void decompressWhenLargerThanAllowedThenSaysSo() {
        byte[] block = SnappyBlock.compress(new byte[1001], 1001);
        assertThatThrownBy(() -> SnappyBlock.decompress(block, 1000)).isInstanceOf(SnappyBlock.TooLargeException.class);
    }

    /** Nothing, no block, an unfinished one, a length that cannot be true, one beyond 32 bits. */
    @ParameterizedTest
    @ValueSource(strings = {"", "7878", "0504", "ffffff7f00", "ffffffff0f00", "ffffffffff7f00"})
    void decompressWhenNoBlockThenSaysSo(String hex) {
        byte[] block = java.util.HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> SnappyBlock.decompress(block, Long.MAX_VALUE))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("snappy: corrupt input");
    }
}
