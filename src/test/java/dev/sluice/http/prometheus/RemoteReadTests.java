package dev.sluice.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.prometheus.TestMessages.Matcher;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteReadTests {

    private static RemoteRead read(Matcher... matchers) throws MalformedMessageException {
        return RemoteRead.read(TestMessages.readRequest(1, 2, matchers));
    }

    @Test
    void statementWhenNameIsGivenThenReadsThatMeasurement() throws Exception {
        assertThat(read(
                                new Matcher(0, "__name__", "up"),
                                new Matcher(0, "a", "it's"),
                                new Matcher(1, "b", ""),
                                new Matcher(2, "c", "x|y"),
                                new Matcher(3, "d", "z"))
                        .statement("")
                        .toString())
                .isEqualTo("SELECT value::field FROM up WHERE time >= '1970-01-01T00:00:00.001Z' AND"
                        + " time <= '1970-01-01T00:00:00.002Z' AND a::tag = 'it\\'s' AND b::tag != '' AND"
                        + " c::tag =~ /^(?:x|y)$/ AND d::tag !~ /^(?:z)$/ GROUP BY *");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2 | u.  | rp1./^(?:u.)$/
                    1 | up  | rp1./.+/
                    3 | u.  | rp1./.+/
                    0 | ''  | rp1./.+/
                    """)
    void statementWhenNameIsNotGivenThenReadsThoseThatMayBeMeant(int type, String value, String source)
            throws Exception {
        assertThat(read(new Matcher(type, "__name__", value)).statement("rp1").toString())
                .contains(" FROM " + source + " WHERE ");
    }

    @ParameterizedTest
    @CsvSource({
        "0, up, up, true",
        "0, up, upper, false",
        "0, '', up, false",
        "1, up, up, false",
        "1, up, down, true",
        "2, u.*, upper, true",
        "2, u., upper, false",
        "3, u., upper, true",
        "3, u., up, false"
    })
    void acceptsWhenNameMatchesThenTrue(int type, String value, String measurement, boolean accepted) throws Exception {
        assertThat(read(new Matcher(type, "__name__", value)).accepts(measurement, Map.of()))
                .isEqualTo(accepted);
    }

    @Test
    void acceptsWhenLabelIsNamedLikeTheTimestampThenItsTagDecides() throws Exception {
        RemoteRead read = read(new Matcher(0, "__name__", "up"), new Matcher(0, "Time", "x"));
        assertThat(read.statement("").toString()).doesNotContain("Time");
        assertThat(read.accepts("up", Map.of("Time", "x"))).isTrue();
        assertThat(read.accepts("up", Map.of("Time", "y"))).isFalse();
        assertThat(read.accepts("up", Map.of())).isFalse();
    }

    @Test
    void readWhenItCannotBeAnsweredThenSaysWhy() {
        Matcher up = new Matcher(0, "__name__", "up");
        assertThatThrownBy(RemoteReadTests::read).hasMessage("expected matcher");
        assertThatThrownBy(() -> RemoteRead.read(new byte[0]))
                .hasMessage("Prometheus read endpoint currently only supports one query at a time");
        assertThatThrownBy(() -> RemoteRead.read(TestMessages.twice(TestMessages.query(1, 2, up))))
                .hasMessage("Prometheus read endpoint currently only supports one query at a time");
        assertThatThrownBy(() -> read(new Matcher(7, "a", "b"))).hasMessage("unknown match type 7");
        assertThatThrownBy(() -> read(new Matcher(2, "a", "u(p")))
                .hasMessage("error parsing regexp: missing closing ): `u(p`");
        assertThatThrownBy(() -> RemoteRead.read(new byte[] {10, 100})).hasMessage("unexpected EOF");
    }

    @Test
    void statementWhenTimesAreOutOfRangeThenReachesAsFarAsTimesGo() throws Exception {
        byte[] message = TestMessages.readRequest(Long.MIN_VALUE, Long.MAX_VALUE, new Matcher(0, "__name__", "up"));
        assertThat(RemoteRead.read(message).statement("").toString())
                .contains("time >= '1677-09-21T00:12:43.145224194Z' AND time <= '2262-04-11T23:47:16.854775806Z'");
    }
}
