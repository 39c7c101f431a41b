package dev.sluice.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.prometheus.TestMessages.Sample;
import dev.sluice.http.prometheus.TestMessages.Series;
import dev.sluice.lineprotocol.LineProtocolWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteWriteTests {

    private static String lines(Series... series) throws MalformedMessageException {
        return new String(
                LineProtocolWriter.write(RemoteWrite.read(TestMessages.writeRequest(series)))
                        .bytes(),
                StandardCharsets.UTF_8);
    }

    private static Series series(Map<String, String> labels, Sample... samples) {
        return new Series(labels, List.of(samples));
    }

    @Test
    void readWhenSeriesThenPointsOfTheMetric() throws Exception {
        assertThat(lines(
                        TestMessages.series("up", "job", "a b", new Sample(1.5, 1000), new Sample(-0.0, -1)),
                        TestMessages.series("down", "job", "ä", new Sample(2, 0))))
                .isEqualTo("up,__name__=up,job=a\\ b value=1.5 1000000000\n"
                        + "up,__name__=up,job=a\\ b value=-0.0 -1000000\n"
                        + "down,__name__=down,job=ä value=2.0 0\n");
    }

    @Test
    void readWhenThereIsNoNameThenSaysSo() throws Exception {
        assertThat(lines(series(Map.of("job", "a", "none", ""), new Sample(1, 1)), series(Map.of(), new Sample(2, 1))))
                .isEqualTo("prom_metric_not_specified,job=a value=1.0 1000000\n"
                        + "prom_metric_not_specified value=2.0 1000000\n");
    }

    @Test
    void readWhenSamplesAreNoNumbersThenPassesThemOver() throws Exception {
        assertThat(lines(
                        TestMessages.series(
                                "up", "job", "a", new Sample(Double.NaN, 1), new Sample(1, 2), new Sample(1 / 0.0, 3)),
                        TestMessages.series("gone", "job", "a", new Sample(Double.NaN, 1))))
                .isEqualTo("up,__name__=up,job=a value=1.0 2000000\n");
        assertThat(lines()).isEmpty();
    }

    @Test
    void readWhenItCannotBeKeptThenSaysWhy() {
        assertThatThrownBy(() -> lines(TestMessages.series("up", "job", "a", new Sample(1, Long.MAX_VALUE))))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("time outside range -9223372036854775806 - 9223372036854775806");
        assertThatThrownBy(() -> lines(TestMessages.series("up", "job", "a", new Sample(1, Long.MIN_VALUE))))
                .hasMessageStartingWith("time outside range");
        assertThatThrownBy(() -> lines(TestMessages.series("up", "job", "x".repeat(70_000), new Sample(1, 1))))
                .hasMessage("max key length exceeded: 70019 > 65535");
        assertThatThrownBy(() -> lines(TestMessages.series("up", "job\\", "x", new Sample(1, 1))))
                .hasMessage("invalid label name \"job\\\"");
    }

    @Test
    void readWhenNoMessageThenSaysWhy() {
        byte[] message = TestMessages.writeRequest(TestMessages.series("up", "job", "a", new Sample(1, 1)));
        assertThatThrownBy(() -> RemoteWrite.read(Arrays.copyOf(message, 20)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("unexpected EOF");
        assertThatThrownBy(() -> RemoteWrite.read(new byte[] {0}))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("proto: ");
        byte[] broken = message.clone();
        int letter = new String(broken, StandardCharsets.ISO_8859_1).indexOf("up");
        broken[letter] = (byte) 0xff;
        assertThatThrownBy(() -> RemoteWrite.read(broken))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("proto: ");
    }

    @Test
    void readWhenBytesAreTakenAwayOrChangedThenNothingButItsOwnErrors() {
        byte[] message = TestMessages.writeRequest(
                TestMessages.series("up", "job", "a", new Sample(1, 1), new Sample(2, 3)),
                TestMessages.series("down", "job", "b", new Sample(1, 1)));
        int refused = 0;
        for (int i = 0; i < message.length; i++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = message.clone();
                changed[i] = (byte) value;
                try {
                    assertThat(RemoteWrite.read(changed).pointCount()).isBetween(0, 100);
                } catch (MalformedMessageException expected) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }
}
