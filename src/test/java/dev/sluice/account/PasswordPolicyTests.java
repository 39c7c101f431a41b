package dev.sluice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTests {

    private static final PasswordPolicy POLICY = PasswordPolicy.of(8, 3, true, List.of("Passw0rd", "Secret-1"));

    private final FastPasswordHasher hasher = new FastPasswordHasher();
    private final StoredUsers users =
            new StoredUsers(new InMemoryUserStore(), hasher, TestRoles.empty(), POLICY, HashingGate.OPEN);

    private static void refused(ThrowingCallable change, String text) {
        assertThatThrownBy(change).isInstanceOf(AccountException.class).hasMessage(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Abcdefg1", "abcdefg-1", "ABCDEFG 1", "Größe-über", "日本語 Passwort", "Passw0rd1"})
    void checkWhenPasswordFitsThenAccepts(String password) {
        users.create("joe", password, false);

        assertThat(users.authenticate("joe", password)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'password must have at least 8 characters'",
        "Abcdef1, 'password must have at least 8 characters'",
        // Eight chars of Java, and four characters.
        "😀😀😀😀, 'password must have at least 8 characters'",
        "abcdefg1, 'password must have characters of at least 3 kinds: lower case, upper case, digits, others'",
        "ABCDEFGH, 'password must have characters of at least 3 kinds: lower case, upper case, digits, others'",
        "x-JOE-1234, 'password must not contain the name of the user'",
        "PASSw0RD, 'password is too common'",
        "sEcret-1, 'password is too common'",
    })
    void checkWhenPasswordDoesNotFitThenSaysWhatIsAskedFor(String password, String text) {
        refused(() -> users.create("joe", password, false), text);
        assertThat(users.find("joe")).isEmpty();

        users.create("joe", "Abcdefg1", false);
        refused(() -> users.setPassword("joe", password), text);
        assertThat(users.authenticate("joe", "Abcdefg1")).isPresent();
    }

    @Test
    void checkWhenPasswordExistsAlreadyThenItStaysGood() {
        InMemoryUserStore store = new InMemoryUserStore();
        new StoredUsers(store, hasher, TestRoles.empty()).create("joe", "x", false);
        StoredUsers later = new StoredUsers(store, hasher, TestRoles.empty(), POLICY, HashingGate.OPEN);
        later.create("joe", "x", false);
        later.createWithHash("ann", hasher.hash("y"));

        assertThat(later.authenticate("joe", "x")).isPresent();
        assertThat(later.authenticate("ann", "y")).isPresent();
        refused(() -> later.setPassword("nobody", "x"), "user not found");
    }

    /** A guesser hears nothing of the rules, and waits as long for each answer: one hash. */
    @ParameterizedTest
    @CsvSource({"joe, wrong", "joe, ''", "nobody, wrong", "nobody, ''", "nobody, Abcdefg1"})
    void authenticateWhenRefusedThenCostsOneHashWhoeverItIs(String name, String password) {
        users.create("joe", "Abcdefg1", false);
        users.authenticate("joe", "Abcdefg1");
        int before = hasher.matchCount();

        for (int i = 1; i <= 100; i++) {
            assertThat(users.authenticate(name, password)).isEmpty();
            assertThat(hasher.matchCount()).isEqualTo(before + i);
        }
    }

    @Test
    void checkWhenThereIsNoPolicyThenEverythingIsAllowed() {
        StoredUsers free = new StoredUsers(new InMemoryUserStore(), hasher, TestRoles.empty());
        free.create("joe", "", false);
        free.setPassword("joe", "joe");

        assertThat(free.authenticate("joe", "joe")).isPresent();
    }
}
