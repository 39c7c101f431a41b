package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies that are gzip, several, nearly, and not at all; texts are influxd's. */
class GzipInputTests {

    private static byte[] zip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            zipped.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.write(part);
        }
        return out.toByteArray();
    }

    /** Arrives in small pieces, as from a network. */
    private static byte[] unzip(byte[] zipped) throws IOException {
        InputStream pieces = new ByteArrayInputStream(zipped) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 7));
            }
        };
        try (InputStream in = new GzipInput(pieces)) {
            return in.readAllBytes();
        }
    }

    private static void assertRefused(byte[] body, String text) {
        assertThatThrownBy(() -> unzip(body))
                .isInstanceOf(GzipInput.CorruptException.class)
                .hasMessage(text);
    }

    @Test
    void readWhenOneOrMoreMembersThenGivesAllOfThem() throws Exception {
        byte[] random = new byte[200_000];
        new Random(7).nextBytes(random);
        assertThat(unzip(zip(random))).isEqualTo(random);
        assertThat(unzip(zip(new byte[0]))).isEmpty();
        assertThat(unzip(join(zip("a\n".getBytes()), zip(random), zip("b\n".getBytes()))))
                .isEqualTo(join("a\n".getBytes(), random, "b\n".getBytes()));
    }

    @Test
    void readWhenHeaderHasNameCommentAndExtraThenSkipsThem() throws Exception {
        byte[] plain = zip("m v=1".getBytes());
        byte[] header = Arrays.copyOf(plain, 10);
        header[3] = 4 + 8 + 16;
        byte[] more = {2, 0, 9, 9, 'n', 0, 'c', 'c', 0};
        assertThat(unzip(join(header, more, Arrays.copyOfRange(plain, 10, plain.length))))
                .isEqualTo("m v=1".getBytes());
    }

    @Test
    void readWhenCutAnywhereThenRefused() throws Exception {
        byte[] zipped = zip("m v=1 1\nm v=2 2\n".getBytes());
        assertRefused(new byte[0], "EOF");
        for (int length = 1; length < zipped.length; length++) {
            assertRefused(Arrays.copyOf(zipped, length), "unexpected EOF");
            assertRefused(join(zipped, Arrays.copyOf(zipped, length)), "unexpected EOF");
        }
    }

    @Test
    void readWhenCorruptThenSaysWhat() throws Exception {
        byte[] zipped = zip("m v=1 1\nm v=2 2\n".getBytes());
        assertRefused("not gzip at all".getBytes(), "gzip: invalid header");
        assertRefused(join(zipped, "something that is longer".getBytes()), "gzip: invalid header");
        assertRefused(join(zipped, "junk".getBytes()), "unexpected EOF");
        byte[] wrong = zipped.clone();
        wrong[zipped.length - 6] ^= 1;
        assertRefused(wrong, "gzip: invalid checksum");
        byte[] nonsense = zipped.clone();
        Arrays.fill(nonsense, 10, nonsense.length, (byte) 0xff);
        assertThatThrownBy(() -> unzip(nonsense)).hasMessageStartingWith("flate: corrupt input before offset ");
    }
}
