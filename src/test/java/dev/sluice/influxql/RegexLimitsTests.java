package dev.sluice.influxql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regular expressions the parser refuses because compiling them would cost too much; texts are influxd's. */
class RegexLimitsTests {

    private static void parse(String regex) {
        InfluxqlParser.parseStatement("SELECT v FROM m WHERE t =~ /" + regex + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{1000}",
                "(a{100}){10}",
                "(?:a{31}){32}",
                "a{500}b{600}c{1000}",
                "[{9}{9}]{1000}",
                "[]{100}]{1000}",
                "[^]]{1000}",
                "\\{100}(a{100}){10}",
                "\\Q{1000}{1000}(\\E",
                "a{,5}",
                "x{a}",
                "(a*)*(b+)+",
            })
    void parseWhenWithinLimitsThenCompiles(String regex) {
        assertThatCode(() -> parse(regex)).doesNotThrowAnyException();
    }

    @Test
    void parseWhenRepetitionsMultiplyThenRefused() {
        assertThatThrownBy(() -> parse("((((a{100}){100}){100}){100}){100}"))
                .hasMessage("error parsing regexp: invalid repeat count: `{100}` at line 1, char 27");
        assertThatThrownBy(() -> parse("(a{100}){11}"))
                .hasMessage("error parsing regexp: invalid repeat count: `{11}` at line 1, char 27");
        assertThatThrownBy(() -> parse("a{1001}"))
                .hasMessage("error parsing regexp: invalid repeat count: `{1001}` at line 1, char 27");
        assertThatThrownBy(() -> parse("(b|a{2,50}){21,}"))
                .hasMessage("error parsing regexp: invalid repeat count: `{21,}` at line 1, char 27");
    }

    @Test
    void parseWhenParenthesesNestThenRefusedAtAThousand() {
        assertThatCode(() -> parse("(".repeat(999) + "a" + ")".repeat(999))).doesNotThrowAnyException();
        for (int depth : new int[] {1000, 10_000, 100_000}) {
            String regex = "(".repeat(depth) + "a" + ")".repeat(depth);
            assertThatThrownBy(() -> parse(regex))
                    .hasMessage(
                            "error parsing regexp: expression nests too deeply: `" + regex + "` at line 1, char 27");
        }
    }

    @Test
    @Timeout(20)
    void parseWhenLongThenRefused() {
        assertThatThrownBy(() -> parse("(a{1000}b{1000}|)".repeat(200))).hasMessageContaining("expression too large");
        assertThatThrownBy(() -> parse("[a-z]|".repeat(300_000))).hasMessageContaining("expression too large");
        long start = System.nanoTime();
        parse("^(" + "server-0001\\.example\\.com|".repeat(4000) + "x)$");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
