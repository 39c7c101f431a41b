package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @ParameterizedTest
    @ValueSource(strings = {"bcrypt", "bcrypt;cost=5", "pbkdf2-sha256;rounds=100"})
    void nobodysHashWhenCheckedThenIsOneOfTheSchemeThatNoPasswordFits(String setting) {
        DelegatingPasswordHasher set = new DelegatingPasswordHasher(PasswordScheme.valueOf(setting));
        String hash = set.nobodysHash();

        assertThat(set.isHash(hash)).isTrue();
        assertThat(set.isOutdated(hash)).isFalse();
        assertThat(set.matches("nothing", hash)).isFalse();
        assertThat(set.matches("", hash)).isFalse();
    }

    @Test
    void nobodysHashWhenCheckedThenTakesItsTime() {
        long anybodys = median("wrong", hasher.hash("a"));

        assertThat(median("wrong", hasher.nobodysHash())).isBetween(anybodys / 3, anybodys * 3);
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

    @ParameterizedTest
    @ValueSource(strings = {"bcrypt;cost=4", "pbkdf2-sha256;rounds=10;salt_len=20", "pbkdf2-sha512;rounds=7"})
    void hashWhenSchemeIsSetThenByIt(String setting) {
        DelegatingPasswordHasher other = new DelegatingPasswordHasher(PasswordScheme.valueOf(setting));
        String scheme = setting.substring(0, setting.indexOf(';'));

        for (String password : new String[] {"", "a", "pässwörd"}) {
            String hash = other.hash(password);
            assertThat(hash).startsWith("{" + scheme + "}$");
            assertThat(other.isHash(hash)).isTrue();
            assertThat(other.isOutdated(hash)).isFalse();
            assertThat(other.matches(password, hash)).isTrue();
            assertThat(other.matches(password + "x", hash)).isFalse();
            assertThat(hasher.matches(password, hash)).as("by another setting").isTrue();
            assertThat(hasher.isOutdated(hash)).isTrue();
        }
        assertThat(other.isOutdated(hasher.hash("a"))).isEqualTo(!scheme.equals("bcrypt"));
        assertThat(other.isOutdated(INFLUX_A)).isTrue();
        assertThat(hasher.isOutdated(hasher.hash("a"))).isFalse();
    }

    @Test
    void isOutdatedWhenRoundsOrSaltDifferThenTrue() {
        String hash = new DelegatingPasswordHasher(PasswordScheme.valueOf("pbkdf2-sha256;rounds=10")).hash("a");

        assertThat(new DelegatingPasswordHasher(PasswordScheme.valueOf("pbkdf2-sha256;rounds=11")).isOutdated(hash))
                .isTrue();
        assertThat(new DelegatingPasswordHasher(PasswordScheme.valueOf("pbkdf2-sha256;rounds=10;salt_len=17"))
                        .isOutdated(hash))
                .isTrue();
        assertThat(hash).matches("\\{pbkdf2-sha256}\\$pbkdf2-sha256\\$10\\$[^$]{22}\\$[^$]{43}");
    }

    /** Made by Python's hashlib. */
    @Test
    void matchesWhenHashIsAnothersThenItFits() {
        assertThat(
                        hasher.matches(
                                "password",
                                "{pbkdf2-sha256}$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdew$/hzjypjXGy76eQJ.wq7Ru0Kv4648Yyn016wkJ6SXBIs"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "md5",
                "bcrypt;cost=3",
                "bcrypt;cost=32",
                "bcrypt;rounds=5",
                "bcrypt;cost",
                "pbkdf2-sha256;rounds=0",
                "pbkdf2-sha256;salt_len=1025",
                "pbkdf2-sha256;rounds=x",
                "pbkdf2-sha256;rounds=1;rounds=2",
                "bcrypt;"
            })
    void schemeWhenSettingIsWrongThenRefused(String setting) {
        assertThatThrownBy(() -> PasswordScheme.valueOf(setting)).hasMessageContaining("pbkdf2-sha512");
    }
}
