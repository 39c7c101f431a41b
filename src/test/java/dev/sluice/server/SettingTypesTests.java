package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which {@code influxdb.conf} writes values. */
class SettingTypesTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0s, 0",
        "10s, 10000000000",
        "1h30m, 5400000000000",
        "1.5h, 5400000000000",
        ".5s, 500000000",
        "1.s, 1000000000",
        "100ms, 100000000",
        "7us, 7000",
        "7\u00b5s, 7000",
        "7ns, 7",
        "1h1m1s1ms1us1ns, 3661001001001",
        "5d, 432000000000000",
        "2562047h47m16s854ms775us807ns, 9223372036854775807",
    })
    void durationIsReadAsGoDoes(String text, long nanos) {
        assertThat(InfluxDuration.valueOf(text)).isEqualTo(new InfluxDuration(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "10x", "-1s", "1 s", "10s!", ".", ".s", "1h 30m", "PT10S", "ten"})
    void durationOfAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> InfluxDuration.valueOf(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a duration such as 10s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808ns", "2562048h", "99999999999999999999999999999999h"})
    void durationBeyondAllTimeIsRefused(String text) {
        assertThatThrownBy(() -> InfluxDuration.valueOf(text)).hasMessage("a duration of at most 292 years");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "25000000, 25000000",
        "1k, 1024",
        "25m, 26214400",
        "1G, 1073741824",
        "8589934591g, 9223372035781033984"
    })
    void sizeCountsIn1024s(String text, long bytes) {
        assertThat(ByteSize.valueOf(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5g", "1gb", "1 g", "g", "1t", "8589934592g", "9999999999999999999"})
    void sizeOfAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> ByteSize.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"30000000000, 30000000000", "0, 0", "30s, 30000000000", "500ms, 500000000"})
    void enqueuedTimeoutIsNanosecondsOrHasAUnit(String text, long nanos) {
        assertThat(EnqueuedTimeout.valueOf(text)).isEqualTo(new EnqueuedTimeout(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "9999999999999999999", "soon"})
    void enqueuedTimeoutOfAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> EnqueuedTimeout.valueOf(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a whole number of nanoseconds, or a duration such as 30s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":8086|''|8086",
                "127.0.0.1:8086|127.0.0.1|8086",
                "localhost:0|localhost|0",
                "[::1]:65535|::1|65535",
                "[::]:8086|::|8086",
            })
    void addressHasAHostAndAPort(String text, String host, int port) {
        assertThat(BindAddress.valueOf(text))
                .isEqualTo(new BindAddress(host, port))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8086",
                ":",
                ":x",
                ":65536",
                ":-1",
                "::1:8086",
                "[::1]",
                "[::1",
                "[host]:80",
                "a b:1",
                "http://host:80",
                ":+80",
                ":000080"
            })
    void addressOfAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> BindAddress.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "s3cret, [REDACTED]"})
    void secretDoesNotPrint(String value, String printed) {
        assertThat(Secret.valueOf(value)).hasToString(printed);
        assertThat(List.of(Secret.valueOf(value)).toString()).isEqualTo("[" + printed + "]");
    }
}
