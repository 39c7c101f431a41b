package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelegatingPasswordHasherTests {

    /** Made by influxd 1.6.7 for the passwords "a" and "". */
    private static final String INFLUX_A = "$2a$10$B5ptUEaE.aCTtj1cqwkakeu9q2otArUCX8Nkij7i54vntl68GsviK";

    private static final String INFLUX_E = "$2a$10$LFXz77OS.Kr3g53PespEHeo8.gCLqQ5Y21EiNa/y56BNsOh6ulFiO";

    private final DelegatingPasswordHasher hasher = new DelegatingPasswordHasher();

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "pässwörd", "with space:and colon", "\uD83D\uDD11"})
    void matchesWhenHashIsOfThePasswordThenOnlyThatFits(String password) {
        String hash = hasher.hash(password);

        assertThat(hash).startsWith("{bcrypt}$2a$10$");
        assertThat(hasher.matches(password, hash)).isTrue();
        assertThat(hasher.matches(password + "x", hash)).isFalse();
        assertThat(hasher.matches("x", hash)).isFalse();
    }

    @Test
    void matchesWhenPasswordsDifferFromTheEmptyOneThenTheyDoNotFitIt() {
        assertThat(hasher.matches("", hasher.hash("a"))).isFalse();
        assertThat(hasher.matches("a", hasher.hash(""))).isFalse();
    }

    @Test
    void hashWhenTakenTwiceThenIsSaltedAnew() {
        assertThat(hasher.hash("a")).isNotEqualTo(hasher.hash("a"));
    }

    @Test
    void matchesWhenHashIsInfluxDbsThenFits() {
        assertThat(hasher.matches("a", INFLUX_A)).isTrue();
        assertThat(hasher.matches("b", INFLUX_A)).isFalse();
        assertThat(hasher.matches("", INFLUX_E)).isTrue();
        assertThat(hasher.matches("b", INFLUX_E)).isFalse();
    }

    /** The empty password costs as much as any other: it is what unknown users are checked with. */
    @Test
    void matchesWhenPasswordIsEmptyThenTakesItsTime() {
        String hash = hasher.hash("nobody");
        long wrong = median("wrong", hash);
        long empty = median("", hash);

        assertThat(empty).isBetween(wrong / 3, wrong * 3);
    }

    private long median(String password, String hash) {
        return LongStream.generate(() -> {
                    long start = System.nanoTime();
                    hasher.matches(password, hash);
                    return System.nanoTime() - start;
                })
                .limit(7)
                .sorted()
                .skip(3)
                .findFirst()
                .orElseThrow();
    }
}
