package dev.sluice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.model.Privilege;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of users and grants, as observed on influxd 1.6.7, and what the password cache must never do. */
class StoredUsersTests {

    private final InMemoryUserStore store = new InMemoryUserStore();
    private final FastPasswordHasher hasher = new FastPasswordHasher();
    private final StoredUsers users = new StoredUsers(store, hasher, TestRoles.empty());

    @Test
    void usersAreListedInOrderOfCreation() {
        users.create("zoe", "p", false);
        users.create("adam", "p", true);
        users.setPassword("zoe", "q");

        assertThat(users.all()).extracting(UserAccount::name).containsExactly("zoe", "adam");
        assertThat(users.find("adam"))
                .hasValueSatisfying(user -> assertThat(user.admin()).isTrue());
        assertThat(users.find("eve")).isEmpty();
    }

    @Test
    void createWhenUserExistsIsFineOnlyWithSamePasswordAndRights() {
        users.create("u", "x", false);
        int changes = store.changeCount();

        users.create("u", "x", false);
        assertRefused(() -> users.create("u", "y", false), "user already exists");
        assertRefused(() -> users.create("u", "x", true), "user already exists");
        assertRefused(() -> users.create("u", "x".repeat(73), false), "user already exists");
        assertThat(store.changeCount()).isEqualTo(changes);
    }

    @Test
    void createRefusesNamesThatCannotBe() {
        assertRefused(() -> users.create("", "x", false), "username required");
        assertRefused(() -> users.create("a\u0000", "x", false), "invalid name");
        assertRefused(() -> users.create("a\udc00", "x", false), "invalid name");
        assertRefused(() -> users.create("\u00e9".repeat(513), "x", false), "name too long");
        assertThat(users.all()).isEmpty();
    }

    @Test
    void passwordsOfMoreThan72BytesAreRefused() {
        users.create("u", "x".repeat(72), false);
        String tooLong = "bcrypt: password length exceeds 72 bytes";

        assertRefused(() -> users.create("v", "x".repeat(73), false), tooLong);
        assertRefused(() -> users.create("v", "\u00e9".repeat(37), false), tooLong);
        assertRefused(() -> users.setPassword("u", "x".repeat(73)), tooLong);
        assertThat(users.authenticate("u", "x".repeat(73))).isEmpty();
        assertThat(users.authenticate("u", "x".repeat(72))).isPresent();
    }

    @Test
    void emptyPasswordIsAPassword() {
        users.create("u", "", false);

        assertThat(users.authenticate("u", "")).isPresent();
        assertThat(users.authenticate("u", "x")).isEmpty();
    }

    @Test
    void unknownUsersAreRefused() {
        String unknown = "user not found";

        assertRefused(() -> users.drop("u"), unknown);
        assertRefused(() -> users.setPassword("u", "x".repeat(99)), unknown);
        assertRefused(() -> users.setAdmin("u", true), unknown);
        assertRefused(() -> users.grant("u", "d", Privilege.READ), unknown);
        assertRefused(() -> users.revoke("u", "d", Privilege.READ), unknown);
        assertThat(store.changeCount()).isZero();
    }

    @Test
    void adminExistsWhileOneDoes() {
        assertThat(users.adminExists()).isFalse();
        users.create("a", "x", true);
        users.create("b", "x", false);
        assertThat(users.adminExists()).isTrue();
        users.setAdmin("b", true);
        users.drop("a");
        assertThat(users.adminExists()).isTrue();
        users.setAdmin("b", false);
        assertThat(users.adminExists()).isFalse();
    }

    @Test
    void grantReplacesAndRevokeTakesAway() {
        users.create("u", "x", false);
        users.grant("u", "d", Privilege.READ);
        users.grant("u", "d", Privilege.WRITE);
        assertThat(grant("d")).isEqualTo(Privilege.WRITE);
        users.revoke("u", "d", Privilege.READ);
        assertThat(grant("d")).isEqualTo(Privilege.WRITE);
        users.grant("u", "d", Privilege.ALL);
        users.revoke("u", "d", Privilege.READ);
        assertThat(grant("d")).isEqualTo(Privilege.WRITE);
        users.revoke("u", "d", Privilege.ALL);
        assertThat(grant("d")).isEqualTo(Privilege.NONE);
    }

    @Test
    void revokeOfWhatWasNeverGrantedListsTheDatabase() {
        users.create("u", "x", false);

        users.revoke("u", "d", Privilege.READ);

        assertThat(users.find("u").orElseThrow().grants()).containsExactly(entry("d", Privilege.NONE));
    }

    @Test
    void adminRightAndGrantsAreIndependent() {
        users.create("u", "x", false);
        users.grant("u", "b", Privilege.READ);
        users.grant("u", "a", Privilege.WRITE);
        users.setAdmin("u", true);
        users.setAdmin("u", false);
        users.grant("u", "b", Privilege.ALL);

        assertThat(users.find("u").orElseThrow().grants())
                .containsExactly(entry("b", Privilege.ALL), entry("a", Privilege.WRITE));
    }

    @Test
    void changesThatChangeNothingDoNotReachTheStore() {
        users.create("u", "x", true);
        users.grant("u", "d", Privilege.READ);
        int changes = store.changeCount();

        users.setAdmin("u", true);
        users.grant("u", "d", Privilege.READ);
        users.revoke("u", "d", Privilege.WRITE);
        users.forgetDatabase("other");

        assertThat(store.changeCount()).isEqualTo(changes);
    }

    @Test
    void forgetDatabaseTakesItFromEverybody() {
        users.create("u", "x", false);
        users.create("v", "x", false);
        users.grant("u", "d", Privilege.READ);
        users.grant("u", "e", Privilege.READ);
        users.grant("v", "d", Privilege.ALL);

        users.forgetDatabase("d");

        assertThat(users.find("u").orElseThrow().grants()).containsOnlyKeys("e");
        assertThat(users.find("v").orElseThrow().grants()).isEmpty();
        assertThat(store.load()).extracting(StoredUser::account).isEqualTo(users.all());
    }

    @Test
    void verifiedPasswordIsNotHashedAgain() {
        users.create("u", "x", false);
        assertThat(users.authenticate("u", "x")).isPresent();
        int slow = hasher.matchCount();

        users.grant("u", "d", Privilege.READ);

        assertThat(users.authenticate("u", "x"))
                .hasValueSatisfying(user -> assertThat(user.grants()).containsKey("d"));
        assertThat(hasher.matchCount()).isEqualTo(slow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "", "xx", "X"})
    void wrongPasswordIsHashedEveryTime(String wrong) {
        users.create("u", "x", false);
        users.authenticate("u", "x");
        int slow = hasher.matchCount();

        assertThat(users.authenticate("u", wrong)).isEmpty();
        assertThat(users.authenticate("u", wrong)).isEmpty();
        assertThat(hasher.matchCount()).isEqualTo(slow + 2);
    }

    @Test
    void unknownUserAndOverlongPasswordCostOneHashToo() {
        users.create("u", "x", false);

        assertThat(users.authenticate("nobody", "nobody")).isEmpty();
        assertThat(users.authenticate("", "")).isEmpty();
        assertThat(users.authenticate("u", "x".repeat(100))).isEmpty();

        assertThat(hasher.matchCount()).isEqualTo(3);
    }

    @Test
    void oldPasswordIsWorthlessAfterSetPassword() {
        users.create("u", "old", false);
        users.authenticate("u", "old");

        users.setPassword("u", "new");

        assertThat(users.authenticate("u", "old")).isEmpty();
        assertThat(users.authenticate("u", "new")).isPresent();
    }

    @Test
    void oldPasswordIsWorthlessAfterDropAndCreate() {
        users.create("u", "old", false);
        users.authenticate("u", "old");

        users.drop("u");
        assertThat(users.authenticate("u", "old")).isEmpty();
        users.create("u", "new", false);

        assertThat(users.authenticate("u", "old")).isEmpty();
        assertThat(users.authenticate("u", "new")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Meanwhile.class)
    void passwordThatChangesWhileItIsVerifiedDoesNotLetIn(Meanwhile meanwhile) throws Exception {
        CountDownLatch hashing = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        PasswordHasher slow = new PasswordHasher() {
            @Override
            public String hash(String password) {
                return hasher.hash(password);
            }

            @Override
            public boolean matches(String password, String hash) {
                hashing.countDown();
                try {
                    changed.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return hasher.matches(password, hash);
            }

            @Override
            public boolean isHash(String text) {
                return hasher.isHash(text);
            }
        };
        StoredUsers slowUsers = new StoredUsers(store, slow, TestRoles.empty());
        slowUsers.create("u", "old", false);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> login =
                    executor.submit(() -> slowUsers.authenticate("u", "old").isPresent());
            hashing.await();
            meanwhile.act(slowUsers);
            changed.countDown();

            assertThat(login.get()).isFalse();
            assertThat(slowUsers.authenticate("u", "old")).isEmpty();
        } finally {
            changed.countDown();
            executor.shutdownNow();
        }
    }

    enum Meanwhile {
        SET_PASSWORD {
            @Override
            void act(Users users) {
                users.setPassword("u", "new");
            }
        },
        DROP {
            @Override
            void act(Users users) {
                users.drop("u");
            }
        },
        DROP_AND_CREATE {
            @Override
            void act(Users users) {
                users.drop("u");
                users.create("u", "new", false);
            }
        };

        abstract void act(Users users);
    }

    @Test
    void failedChangeChangesNothing() {
        users.create("u", "x", false);
        store.failNext();

        assertThatThrownBy(() -> users.setPassword("u", "y"))
                .isInstanceOf(AccountUnavailableException.class)
                .hasMessage("metadata store is not available");
        assertThat(users.authenticate("u", "y")).isEmpty();
        assertThat(users.authenticate("u", "x")).isPresent();
        users.setPassword("u", "z");
        assertThat(users.authenticate("u", "z")).isPresent();
    }

    @Test
    void hashesDoNotPrint() {
        users.create("u", "x", false);

        assertThat(store.load().toString())
                .contains("u")
                .doesNotContain(store.load().get(0).passwordHash());
    }

    private Privilege grant(String database) {
        return users.find("u").orElseThrow().grants().get(database);
    }

    private static void assertRefused(ThrowingCallable change, String message) {
        assertThatThrownBy(change).isInstanceOf(AccountException.class).hasMessage(message);
    }

    @Test
    void outdatedHashIsRenewedByTheNextLogin() {
        users.create("u", "right", false);
        String before = users.passwordHash("u").orElseThrow();
        PasswordHasher newer = new PasswordHasher() {
            @Override
            public String hash(String password) {
                return "new" + hasher.hash(password);
            }

            @Override
            public boolean matches(String password, String hash) {
                return hasher.matches(password, hash.startsWith("new") ? hash.substring(3) : hash);
            }

            @Override
            public boolean isOutdated(String hash) {
                return !hash.startsWith("new");
            }

            @Override
            public boolean isHash(String text) {
                return true;
            }
        };
        StoredUsers later = new StoredUsers(store, newer, TestRoles.empty());

        assertThat(later.authenticate("u", "wrong")).isEmpty();
        assertThat(later.passwordHash("u")).contains(before);
        assertThat(later.authenticate("u", "right")).isPresent();
        assertThat(later.passwordHash("u").orElseThrow()).startsWith("new");
        assertThat(later.authenticate("u", "right")).isPresent();
        assertThat(new StoredUsers(store, newer, TestRoles.empty()).authenticate("u", "right"))
                .isPresent();
    }

    @Test
    void outdatedHashThatCannotBeRenewedLetsInAllTheSame() {
        users.create("u", "right", false);
        PasswordHasher newer = new PasswordHasher() {
            @Override
            public String hash(String password) {
                return hasher.hash(password);
            }

            @Override
            public boolean matches(String password, String hash) {
                return hasher.matches(password, hash);
            }

            @Override
            public boolean isOutdated(String hash) {
                return true;
            }

            @Override
            public boolean isHash(String text) {
                return true;
            }
        };
        StoredUsers later = new StoredUsers(store, newer, TestRoles.empty());
        store.failNext();

        assertThat(later.authenticate("u", "right")).isPresent();
    }

    @Test
    void revokedTokensStayRevoked() {
        users.create("u", "p", false);
        assertThat(users.tokensValidFromSeconds("u")).isZero();

        users.revokeTokens("u", 1_700_000_000L);
        users.setPassword("u", "q");
        users.setAdmin("u", true);

        assertThat(users.tokensValidFromSeconds("u")).isEqualTo(1_700_000_000L);
        assertThat(new StoredUsers(store, hasher, TestRoles.empty()).tokensValidFromSeconds("u"))
                .isEqualTo(1_700_000_000L);
    }
}
