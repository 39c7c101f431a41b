package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRedactionTests {

    private static final int LENGTH = 1 << 20;

    @Test
    void redactWhenPasswordsThenLeavesTheRest() {
        assertThat(PasswordRedaction.redact("CREATE USER a WITH PASSWORD 'x' WITH ALL PRIVILEGES; "
                        + "SET PASSWORD FOR \"b\" = 'it\\'s'; SHOW TAG VALUES WITH KEY = a WHERE b = 'c'"))
                .isEqualTo("CREATE USER a WITH PASSWORD [REDACTED] WITH ALL PRIVILEGES; "
                        + "SET PASSWORD FOR \"b\" = [REDACTED]; SHOW TAG VALUES WITH KEY = a WHERE b = 'c'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW DATABASES",
                "SELECT password FROM m",
                "SELECT v FROM passwords WHERE a = 'b'",
                "SELECT v FROM m WHERE a = 'b' AND password = c",
                "SET PASSWORD FOR joe",
            })
    void redactWhenNothingFollowsTheWordThenLeavesEverything(String statements) {
        assertThat(PasswordRedaction.redact(statements)).isEqualTo(statements);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET PASSWORD FOR \"it's\" = 's3cret'",
                "SET PASSWORD FOR \"a\\\"it's\" = 's3cret'",
                "CREATE USER joe WITH PASSWORD /* ' */ 's3cret'",
                "CREATE USER joe WITH PASSWORD -- '\n 's3cret'",
                "SELECT v FROM m WHERE a = 'password'; SET PASSWORD FOR joe = 's3cret'",
                "SELECT v FROM m WHERE a = 'password' AND b = 'c'; SET PASSWORD FOR joe = 's3cret'",
                "SELECT \"password\" FROM m WHERE a = 'b'; SET PASSWORD FOR joe = 's3cret'",
                "SELECT v FROM m WHERE a =~ /password's/; SET PASSWORD FOR joe = 's3cret'",
                "CREATE USER joe WITH PASSWORD 's3cret",
                "CREATE USER joe WITH PASSWORD 'a\ns3cret'",
                "CREATE USER joe WITH PASSWORD 'a\\",
            })
    void redactWhenItIsDoubtfulWhichTextIsThePasswordThenNoneIsLeft(String statements) {
        assertThat(PasswordRedaction.redact(statements))
                .doesNotContain("s3cret")
                .contains("[REDACTED]");
    }

    @Test
    void redactWhenTextIsVeryLongThenNeitherStackNorTimeRunsOut() {
        String text = "x".repeat(LENGTH);
        assertThat(PasswordRedaction.redact("SET PASSWORD FOR joe = '" + text + "'"))
                .isEqualTo("SET PASSWORD FOR joe = [REDACTED]");
        assertThat(PasswordRedaction.redact("SET PASSWORD FOR joe = '" + "\\'".repeat(LENGTH)))
                .isEqualTo("SET PASSWORD FOR joe = [REDACTED]");
        assertThat(PasswordRedaction.redact("password ".repeat(LENGTH / 8) + "'s3cret'"))
                .doesNotContain("s3cret");
        String words = "'" + "password ".repeat(LENGTH / 8);
        assertThat(PasswordRedaction.redact(words)).isEqualTo(words);
        assertThat(PasswordRedaction.redact("password 'a' ".repeat(LENGTH / 8)))
                .isEqualTo("password [REDACTED] ".repeat(LENGTH / 8));
    }
}
