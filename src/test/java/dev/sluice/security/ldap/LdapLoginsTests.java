package dev.sluice.security.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.account.LoginsBusyException;
import dev.sluice.account.Permissions;
import dev.sluice.account.Roles;
import dev.sluice.account.TestRoles;
import dev.sluice.account.UserAccount;
import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import dev.sluice.security.ldap.LdapEncryption.Kind;
import dev.sluice.server.TestCertificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-ins by a directory in memory. */
@Timeout(60)
class LdapLoginsTests {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final long REMEMBERED = TimeUnit.MINUTES.toNanos(5);

    @TempDir
    private Path folder;

    private final Roles roles = TestRoles.empty();
    private final AtomicLong now = new AtomicLong(1);
    private final ExecutorService others = Executors.newCachedThreadPool();
    private TestDirectory directory;

    @BeforeEach
    void start() throws Exception {
        directory = TestDirectory.plain();
        roles.createRole("writers");
        roles.addRolePermissions("writers", new Permissions(Map.of("db", Set.of(Permission.WRITE_DATA))));
        roles.createRole("readers");
        roles.addRolePermissions("readers", new Permissions(Map.of("db", Set.of(Permission.READ_DATA))));
    }

    @AfterEach
    void stop() {
        others.shutdownNow();
        directory.close();
    }

    private LdapLogins logins() {
        return logins(REMEMBERED, directory.server(LdapEncryption.NONE, TestDirectory.SEARCHER_PASSWORD, false));
    }

    private LdapLogins logins(long remembered, LdapServer... servers) {
        return new LdapLogins(new LdapSettings(List.of(servers), TIMEOUT_MILLIS, remembered, 4), roles, now::get);
    }

    private LdapLogins withFilter(String filter, String attribute) {
        return logins(
                REMEMBERED,
                directory.server(
                        "127.0.0.1", LdapEncryption.NONE, TestDirectory.SEARCHER_PASSWORD, filter, attribute, false));
    }

    private static String nameOf(Optional<UserAccount> user) {
        return user.map(UserAccount::name).orElse("nobody");
    }

    private void pass(long nanos) {
        now.addAndGet(nanos);
    }

    // Who comes in.

    @Test
    void authenticateWhenPasswordIsRightThenNamesTheUserWithTheRolesOfTheirGroups() {
        UserAccount joe = logins().authenticate("joe", "joe").orElseThrow();

        assertThat(joe.name()).isEqualTo("joe");
        assertThat(joe.admin()).isFalse();
        assertThat(joe.access().roles()).containsExactly("writers");
        assertThat(joe.may(Privilege.WRITE, "db")).isTrue();
        assertThat(joe.may(Privilege.READ, "db")).isFalse();
    }

    @Test
    void authenticateWhenInAnAdminGroupThenIsAdminAndWithoutGroupsIsNobodySpecial() {
        assertThat(logins().authenticate("ann", "ann").orElseThrow().mayEverything())
                .isTrue();
        UserAccount bob = logins().authenticate("bob", "bob").orElseThrow();
        assertThat(bob.mayEverything()).isFalse();
        assertThat(bob.access().roles()).isEmpty();
    }

    @Test
    void authenticateWhenPasswordIsWrongOrNobodyIsThereThenAsManyAnswersAreWaitedFor() {
        LdapLogins logins = logins();

        assertThat(logins.authenticate("joe", "wrong")).isEmpty();
        assertThat(directory.binds()).containsExactly(TestDirectory.SEARCHER, TestDirectory.userDn("joe"));
        directory.forgetRequests();
        assertThat(logins.authenticate("nobody", "wrong")).isEmpty();
        assertThat(directory.binds()).containsExactly(TestDirectory.SEARCHER, "cn=nobody," + TestDirectory.PEOPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\0joe", "joe\0"})
    void authenticateWhenPasswordIsNoneThenTheDirectoryIsNotAsked(String password) {
        assertThat(logins().authenticate("joe", password)).isEmpty();
        assertThat(logins().authenticate("", password)).isEmpty();
        assertThat(directory.binds()).isEmpty();
    }

    @Test
    void authenticateWhenSomethingIsLongerThanAnythingThenTheDirectoryIsNotAsked() {
        assertThat(logins().authenticate("joe", "x".repeat(1025))).isEmpty();
        assertThat(logins().authenticate("x".repeat(1025), "joe")).isEmpty();
        assertThat(directory.binds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "j*",
                "joe)(uid=*",
                "*)(uid=ann",
                "joe)(objectClass=*)",
                "joe\0",
                "joe\\",
                "\\6aoe",
                "joe,ou=people,dc=plant,dc=example",
                "uid=joe",
                "joe)(|(uid=*"
            })
    void authenticateWhenTheNameIsMeantToBeReadAsAFilterThenItIsNobodysName(String login) {
        assertThat(logins().authenticate(login, "joe")).isEmpty();
        assertThat(logins().authenticate(login, "ann")).isEmpty();
    }

    @Test
    void authenticateWhenADnHasSpecialCharactersThenGroupsAreFound() throws Exception {
        String dn = "cn=Smith\\, John (x) *\\\\,ou=people," + TestDirectory.BASE;
        directory.addEntry(dn, "uid", "john", "secret");
        directory.addMember("operators", dn);

        assertThat(logins().authenticate("john", "secret")
                        .orElseThrow()
                        .access()
                        .roles())
                .containsExactly("writers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"joe", "JOE", "Joe", " joe", "joe  "})
    void authenticateWhenTheDirectoryTakesANameForTheSameThenSoIsTheUser(String login) {
        assertThat(nameOf(logins().authenticate(login, "joe"))).isEqualTo("joe");
    }

    @Test
    void authenticateWhenLoggedInByAnotherAttributeThenTheNameIsTheOneOfTheSetting() {
        LdapLogins logins = withFilter("(|(uid=%s)(mail=%s))", "uid");

        assertThat(nameOf(logins.authenticate("joe@plant.example", "joe"))).isEqualTo("joe");
        assertThat(nameOf(withFilter("(mail=%s)", "mail").authenticate("joe@plant.example", "joe")))
                .isEqualTo("joe@plant.example");
        assertThat(withFilter("(uid=%s)", "employeeNumber").authenticate("joe", "joe"))
                .as("an entry without a name")
                .isEmpty();
    }

    @Test
    void authenticateWhenSeveralEntriesMatchThenNobodyComesIn() throws Exception {

        directory.addEntry("cn=other," + TestDirectory.PEOPLE, "uid", "joe", "joe");

        assertThat(logins().authenticate("joe", "joe")).isEmpty();
    }

    @Test
    void authenticateWhenGroupsAreNestedThenTheyCountIfAsked() throws Exception {
        // A loop.
        directory.addMember("operators", TestDirectory.groupDn("staff"));
        LdapLogins nested =
                logins(REMEMBERED, directory.server(LdapEncryption.NONE, TestDirectory.SEARCHER_PASSWORD, true));

        assertThat(nested.authenticate("joe", "joe").orElseThrow().access().roles())
                .containsExactlyInAnyOrder("writers", "readers");
        assertThat(logins().authenticate("joe", "joe").orElseThrow().access().roles())
                .containsExactly("writers");
    }

    // What is remembered.

    @Test
    void authenticateWhenRememberedThenTheDirectoryIsNotAskedUntilItIsOld() {
        LdapLogins logins = logins();
        logins.authenticate("joe", "joe");
        directory.forgetRequests();

        pass(REMEMBERED - 1);
        assertThat(logins.authenticate("joe", "joe")).isPresent();
        assertThat(directory.binds()).isEmpty();

        pass(1);
        assertThat(logins.authenticate("joe", "joe")).isPresent();
        assertThat(directory.binds()).isNotEmpty();
    }

    @Test
    void authenticateWhenNothingIsToBeRememberedThenTheDirectoryIsAskedEachTime() {
        LdapLogins logins = logins(0, directory.server(LdapEncryption.NONE, TestDirectory.SEARCHER_PASSWORD, false));
        logins.authenticate("joe", "joe");
        directory.forgetRequests();

        assertThat(logins.authenticate("joe", "joe")).isPresent();
        assertThat(directory.binds()).isNotEmpty();
    }

    @Test
    void authenticateWhenGroupsChangeThenItCountsAfterThatTimeAndRolesCountAtOnce() throws Exception {
        LdapLogins logins = logins();
        assertThat(logins.authenticate("joe", "joe").orElseThrow().access().roles())
                .containsExactly("writers");

        roles.removeRolePermissions("writers", new Permissions(Map.of("db", Set.of(Permission.WRITE_DATA))));
        assertThat(logins.authenticate("joe", "joe").orElseThrow().may(Privilege.WRITE, "db"))
                .isFalse();

        directory.removeMember("operators", TestDirectory.userDn("joe"));
        directory.addMember("admins", TestDirectory.userDn("joe"));
        assertThat(logins.authenticate("joe", "joe").orElseThrow().admin()).isFalse();
        pass(REMEMBERED);
        UserAccount changed = logins.authenticate("joe", "joe").orElseThrow();
        assertThat(changed.admin()).isTrue();
        assertThat(changed.access().roles()).isEmpty();
    }

    @Test
    void authenticateWhenThePasswordChangesThenTheNewOneCountsAtOnceAndTheOldOneNoLongerThanThat() throws Exception {
        LdapLogins logins = logins();
        logins.authenticate("joe", "joe");
        assertThat(logins.authenticate("joe", "wrong")).isEmpty();
        assertThat(logins.authenticate("joe", "joe")).isPresent();

        directory.setPassword("joe", "new");
        assertThat(logins.authenticate("joe", "joe")).as("remembered").isPresent();
        pass(REMEMBERED);
        assertThat(logins.authenticate("joe", "joe")).isEmpty();
        assertThat(logins.authenticate("joe", "new")).isPresent();
        directory.setPassword("joe", "newer");
        assertThat(logins.authenticate("joe", "newer")).isPresent();
        assertThat(logins.authenticate("joe", "new"))
                .as("another one came in since")
                .isEmpty();
    }

    @Test
    void authenticateWhenManyAskTheSameThenItIsAskedOnceAndWhatIsOldServesMeanwhile() throws Exception {
        LdapLogins logins = logins();
        CountDownLatch goOn = new CountDownLatch(1);
        directory.setBeforeAnswers(() -> await(goOn));
        List<Future<Optional<UserAccount>>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(others.submit(() -> logins.authenticate("joe", "joe")));
        }
        goOn.countDown();
        for (Future<Optional<UserAccount>> each : waiting) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isPresent();
        }
        assertThat(directory.binds())
                .filteredOn(TestDirectory.userDn("joe")::equals)
                .hasSize(1);

        directory.forgetRequests();
        pass(REMEMBERED);
        CountDownLatch again = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        directory.setBeforeAnswers(() -> {
            asked.countDown();
            await(again);
        });
        Future<Optional<UserAccount>> first = others.submit(() -> logins.authenticate("joe", "joe"));
        await(asked);
        for (int i = 0; i < 200; i++) {
            assertThat(logins.authenticate("joe", "joe")).isPresent();
        }
        again.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).isPresent();
        assertThat(directory.binds())
                .filteredOn(TestDirectory.userDn("joe")::equals)
                .hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    // When it does not answer.

    @Test
    void authenticateWhenTheDirectoryIsAwayThenThatIsNoAnswerUntilItIsBack() throws Exception {
        LdapLogins logins = logins();
        logins.authenticate("joe", "joe");
        directory.stop();

        assertThatExceptionOfType(LdapUnavailableException.class).isThrownBy(() -> logins.authenticate("ann", "ann"));
        assertThat(logins.authenticate("joe", "joe")).as("remembered").isPresent();
        pass(REMEMBERED);
        assertThatExceptionOfType(LdapUnavailableException.class).isThrownBy(() -> logins.authenticate("joe", "joe"));

        directory.restart();
        assertThatExceptionOfType(LdapUnavailableException.class)
                .as("not asked again within a second")
                .isThrownBy(() -> logins.authenticate("ann", "ann"));
        pass(TimeUnit.SECONDS.toNanos(1));
        assertThat(logins.authenticate("ann", "ann")).isPresent();
        assertThat(logins.authenticate("joe", "joe")).isPresent();
    }

    @Test
    void authenticateWhenOneServerIsAwayThenTheNextOneAnswersAndItsWordIsTheLast() throws Exception {
        try (TestDirectory second = TestDirectory.plain()) {
            second.addUser("zoe");
            LdapLogins logins = logins(
                    REMEMBERED,
                    directory.server(LdapEncryption.NONE, TestDirectory.SEARCHER_PASSWORD, false),
                    second.server(LdapEncryption.NONE, TestDirectory.SEARCHER_PASSWORD, false));
            assertThat(logins.authenticate("zoe", "zoe"))
                    .as("the first one answers")
                    .isEmpty();
            assertThat(second.binds()).isEmpty();

            directory.stop();
            assertThat(logins.authenticate("zoe", "zoe")).isPresent();

            directory.restart();
            directory.forgetRequests();
            pass(TimeUnit.SECONDS.toNanos(2));
            assertThat(logins.authenticate("ann", "ann")).isPresent();
            assertThat(directory.binds()).as("passed over for a while").isEmpty();
            pass(TimeUnit.SECONDS.toNanos(30));
            assertThat(logins.authenticate("bob", "bob")).isPresent();
            assertThat(directory.binds()).isNotEmpty();
        }
    }

    @Test
    void authenticateWhenTheSearchingAccountIsRefusedThenThatIsNoAnswer() {
        LdapLogins logins = logins(REMEMBERED, directory.server(LdapEncryption.NONE, "wrong", false));

        assertThatExceptionOfType(LdapUnavailableException.class).isThrownBy(() -> logins.authenticate("joe", "joe"));
    }

    @Test
    void authenticateWhenAnAnswerDoesNotComeThenItIsNotWaitedForLong() {
        CountDownLatch never = new CountDownLatch(1);
        directory.setBeforeAnswers(() -> await(never));
        long start = System.nanoTime();

        assertThatExceptionOfType(LdapUnavailableException.class).isThrownBy(() -> logins().authenticate("joe", "joe"));

        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
        never.countDown();
    }

    @Test
    void authenticateWhenTooManyWaitThenTheyAreToComeBack() throws Exception {
        LdapLogins logins = new LdapLogins(
                new LdapSettings(
                        List.of(directory.server(LdapEncryption.NONE, TestDirectory.SEARCHER_PASSWORD, false)),
                        30_000,
                        REMEMBERED,
                        1),
                roles,
                now::get);
        CountDownLatch goOn = new CountDownLatch(1);
        directory.setBeforeAnswers(() -> await(goOn));
        List<Future<Optional<UserAccount>>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String password = "wrong " + i;
            waiting.add(others.submit(() -> logins.authenticate("joe", password)));
        }
        Awaitility.await().until(() -> waiting.stream().filter(Future::isDone).count() == 100 - 1 - 64);
        assertThatExceptionOfType(LoginsBusyException.class).isThrownBy(() -> logins.authenticate("ann", "ann"));
        goOn.countDown();
    }

    // Encryption.

    private LdapServer encrypted(TestDirectory server, Kind kind, SSLContext trust, boolean verified) {
        return server.server(
                "localhost",
                new LdapEncryption(kind, trust, verified),
                TestDirectory.SEARCHER_PASSWORD,
                "(uid=%s)",
                "uid",
                false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"STARTTLS", "LDAPS"})
    void authenticateWhenEncryptedThenCertificateAndHostCount(Kind kind) throws Exception {
        TestCertificate right = TestCertificate.generate(folder, "EC", "CN=x", "san=dns:localhost");
        TestCertificate ofAnotherHost = TestCertificate.generate(folder, "EC", "CN=x", "san=dns:ldap.plant.example");
        TestCertificate unknown = TestCertificate.generate(folder, "EC", "CN=x", "san=dns:localhost");

        try (TestDirectory secure = secure(kind, right)) {
            LdapLogins trusting = logins(0, encrypted(secure, kind, right.clientContext(), true));
            assertThat(trusting.authenticate("joe", "joe")).isPresent();
            assertThat(trusting.authenticate("joe", "wrong")).isEmpty();

            secure.forgetRequests();
            refuses(logins(0, encrypted(secure, kind, unknown.clientContext(), true)));
            refuses(logins(0, encrypted(secure, kind, SSLContext.getDefault(), true)));
            assertThat(secure.binds()).as("no password was sent").isEmpty();
        }
        try (TestDirectory secure = secure(kind, ofAnotherHost)) {
            refuses(logins(0, encrypted(secure, kind, ofAnotherHost.clientContext(), true)));
            assertThat(secure.binds()).as("no password was sent").isEmpty();
            assertThat(logins(0, encrypted(secure, kind, ofAnotherHost.clientContext(), false))
                            .authenticate("joe", "joe"))
                    .as("insecure")
                    .isPresent();
        }
    }

    private static TestDirectory secure(Kind kind, TestCertificate shown) throws Exception {
        SSLContext own = shown.ownContext(shown);
        return kind == Kind.LDAPS ? TestDirectory.ldaps(own, false) : TestDirectory.startTls(own);
    }

    private static void refuses(LdapLogins logins) {
        assertThatExceptionOfType(LdapUnavailableException.class).isThrownBy(() -> logins.authenticate("joe", "joe"));
    }

    @Test
    void authenticateWhenTheServerKnowsNoStartTlsThenNoPasswordIsSent() throws Exception {
        LdapLogins logins = logins(0, encrypted(directory, Kind.STARTTLS, SSLContext.getDefault(), true));

        assertThatExceptionOfType(LdapUnavailableException.class).isThrownBy(() -> logins.authenticate("joe", "joe"));
        assertThat(directory.binds()).isEmpty();
    }

    @Test
    void authenticateWhenTheServerAsksForACertificateThenOursIsShown() throws Exception {
        TestCertificate theirs = TestCertificate.generate(folder, "EC", "CN=x", "san=dns:localhost");
        TestCertificate ours = TestCertificate.generate(folder, "EC", "CN=sluice", "san=dns:sluice");
        try (TestDirectory secure = TestDirectory.ldaps(theirs.ownContext(ours), true)) {
            assertThat(logins(0, encrypted(secure, Kind.LDAPS, ours.ownContext(theirs), true))
                            .authenticate("joe", "joe"))
                    .isPresent();
            assertThatExceptionOfType(LdapUnavailableException.class)
                    .isThrownBy(() -> logins(0, encrypted(secure, Kind.LDAPS, theirs.clientContext(), true))
                            .authenticate("joe", "joe"));
        }
    }
}
