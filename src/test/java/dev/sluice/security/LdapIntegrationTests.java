package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Permissions;
import dev.sluice.account.Roles;
import dev.sluice.model.Permission;
import dev.sluice.security.Api.Answer;
import dev.sluice.security.ldap.TestDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Log-ins by a directory, over HTTP. Local users are admin and eve; the directory's are those of {@link TestDirectory}. */
@Tag("integration")
@Timeout(120)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.auth-enabled=true",
            "influxdb.meta.http-enabled=false",
            "influxdb.audit.enabled=true",
            "influxdb.login.max-failures-per-user=30",
            "influxdb.login.lock-out=10m",
            "influxdb.http.shared-secret=" + Means.SECRET
        })
class LdapIntegrationTests {

    private static final String FAILED = "{\"error\":\"authorization failed\"}";
    private static final String AWAY = "{\"error\":\"directory is not available, try again\"}";

    @TempDir
    static Path folder;

    private static final TestDirectory DIRECTORY = directory();

    private final Api api;
    private final Roles roles;

    LdapIntegrationTests(@LocalServerPort int port, @Autowired Roles roles) {
        this.api = new Api(port);
        this.roles = roles;
    }

    private static TestDirectory directory() {
        try {
            TestDirectory started = TestDirectory.plain();
            started.addUser("admin");
            return started;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("influxdb.audit.path", () -> folder.resolve("audit.log").toString());
        properties.add("influxdb.ldap.enabled", () -> true);
        properties.add("influxdb.ldap.timeout", () -> "2s");
        properties.add("influxdb.ldap.cache-duration", () -> "1s");
        // A list comes from one source as a whole.
        Map<String, Object> server = Map.ofEntries(
                Map.entry("host", "127.0.0.1"),
                Map.entry("port", DIRECTORY.port()),
                Map.entry("security", "none"),
                Map.entry("bind-dn", TestDirectory.SEARCHER),
                Map.entry("bind-password", TestDirectory.SEARCHER_PASSWORD),
                Map.entry("search-base-dns", TestDirectory.PEOPLE),
                Map.entry("search-filter", "(uid=%s)"),
                Map.entry("group-search-base-dns", TestDirectory.GROUPS),
                Map.entry("group-membership-search-filter", "(member=%s)"),
                Map.entry("admin-groups", "admins"),
                Map.entry("group-mappings[0].group", "operators"),
                Map.entry("group-mappings[0].role", "writers"));
        server.forEach((key, value) -> properties.add("influxdb.ldap.servers[0]." + key, () -> value));
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @AfterAll
    static void stop() {
        DIRECTORY.close();
    }

    @BeforeEach
    void createLocalUsers() {
        must("CREATE USER admin WITH PASSWORD 'local' WITH ALL PRIVILEGES");
        must("CREATE USER eve WITH PASSWORD 'eve'");
        must("CREATE DATABASE db1");
        must("GRANT READ ON db1 TO eve");
        if (roles.findRole("writers").isEmpty()) {
            roles.createRole("writers");
            roles.addRolePermissions("writers", new Permissions(Map.of("db1", Set.of(Permission.READ_DATA))));
        }
    }

    private void must(String statement) {
        Answer answer = api.query(statement, "", Means.JWT, "admin", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Answer read(Means means, String user, String password) {
        return api.query("SHOW MEASUREMENTS", "db1", means, user, password);
    }

    @ParameterizedTest
    @EnumSource(
            value = Means.class,
            names = {"BASIC", "URL", "TOKEN"})
    void passwordsOfTheDirectoryComeInByWhateverMeansWithTheRolesOfTheirGroups(Means means) {
        assertThat(read(means, "joe", "joe").status()).isEqualTo(200);
        assertThat(read(means, "joe", "wrong").status()).isEqualTo(401);
        assertThat(read(means, "joe", "wrong").body()).isEqualTo(FAILED);
        assertThat(read(means, "nobody", "nobody").body()).isEqualTo(FAILED);
        assertThat(api.query("CREATE DATABASE db2", "", means, "joe", "joe").status())
                .isEqualTo(403);

        assertThat(read(means, "bob", "bob").status()).isEqualTo(403);
        assertThat(read(means, "bob", "bob").body())
                .isEqualTo("{\"error\":\"error authorizing query: bob not authorized to execute statement"
                        + " 'SHOW MEASUREMENTS', requires READ on db1\"}");

        assertThat(api.query("SHOW USERS", "", means, "ann", "ann").status()).isEqualTo(200);
        assertThat(read(means, "ANN", "ann").status()).isEqualTo(200);
    }

    @Test
    void localUsersAreAskedForHereAlone() {
        assertThat(read(Means.BASIC, "admin", "local").status()).isEqualTo(200);
        assertThat(read(Means.BASIC, "admin", "admin").body())
                .as("the directory's admin is somebody else")
                .isEqualTo(FAILED);
        assertThat(read(Means.BASIC, "Admin", "admin").body())
                .as("who is not taken for the local one")
                .isEqualTo(FAILED);
        assertThat(read(Means.BASIC, "eve", "eve").status()).isEqualTo(200);
    }

    @Test
    void noPasswordIsNoLogInAndNoNameIsReadAsAFilter() {
        for (String user : List.of("joe", "ann", "bob")) {
            assertThat(read(Means.BASIC, user, "").body()).isEqualTo(FAILED);
            assertThat(read(Means.TOKEN, user, "").body()).isEqualTo(FAILED);
        }
        for (String user : List.of("*", "joe)(uid=*", "*)(uid=ann", "a*", "ann)(objectClass=*", "\\61nn", "ann\0")) {
            for (String password : List.of("joe", "ann")) {
                assertThat(read(Means.BASIC, user, password).body()).as(user).isEqualTo(FAILED);
                assertThat(read(Means.URL, user, password).body()).as(user).isEqualTo(FAILED);
            }
        }
        assertThat(read(Means.BASIC, "", "joe").body()).isEqualTo("{\"error\":\"username required\"}");
    }

    @Test
    void anOutageIsNoWrongPasswordAndLocalUsersGoOn() throws Exception {
        // Nothing is remembered of her.
        DIRECTORY.addUser("zoe");
        DIRECTORY.stop();
        try {
            // More than wrong passwords would be taken.
            for (int i = 0; i < 40; i++) {
                Answer away = read(Means.BASIC, "zoe", "zoe");
                assertThat(away.status()).isEqualTo(503);
                assertThat(away.body()).isEqualTo(AWAY);
                assertThat(away.header("Retry-After")).isEqualTo("1");
                assertThat(away.header("WWW-Authenticate")).isEmpty();
            }
            assertThat(read(Means.BASIC, "admin", "local").status()).isEqualTo(200);
            assertThat(read(Means.BASIC, "eve", "eve").status()).isEqualTo(200);
            assertThat(read(Means.BASIC, "eve", "wrong").status()).isEqualTo(401);
            assertThat(read(Means.JWT, "admin", "").status()).isEqualTo(200);
        } finally {
            DIRECTORY.restart();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(read(Means.BASIC, "zoe", "zoe").status())
                        .as("in, and without rights")
                        .isEqualTo(403));
    }

    @Test
    void aChangeOfGroupsCountsAfterTheTimeOfTheCacheAndOneOfRolesAtOnce() throws Exception {
        DIRECTORY.addUser("max");
        assertThat(read(Means.BASIC, "max", "max").status()).isEqualTo(403);
        DIRECTORY.addMember("operators", TestDirectory.userDn("max"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(read(Means.BASIC, "max", "max").status()).isEqualTo(200));

        Permissions read = new Permissions(Map.of("db1", Set.of(Permission.READ_DATA)));
        roles.removeRolePermissions("writers", read);
        assertThat(read(Means.BASIC, "max", "max").status()).isEqualTo(403);
        roles.addRolePermissions("writers", read);
        assertThat(read(Means.BASIC, "max", "max").status()).isEqualTo(200);

        DIRECTORY.removeMember("operators", TestDirectory.userDn("max"));
        DIRECTORY.setPassword("max", "other");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(read(Means.BASIC, "max", "max").status()).isEqualTo(401));
        assertThat(read(Means.BASIC, "max", "other").status()).isEqualTo(403);
    }

    @Test
    void wrongPasswordsAreBraked() throws Exception {
        DIRECTORY.addUser("leo");
        for (int i = 0; i < 30; i++) {
            assertThat(read(Means.BASIC, "leo", "wrong").status()).isEqualTo(401);
        }
        // The pause begins with 100 ms and doubles, so that some more make it long.
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            read(Means.BASIC, "leo", "wrong");
            return audit().contains(
                            "\"user\":\"leo\",\"address\":\"127.0.0.1\",\"means\":\"basic\",\"outcome\":\"failure\""
                                    + ",\"error\":\"too many failures\"");
        });
    }

    @Test
    void theAuditSaysWhoKnewThePassword() {
        assertThat(api.query("CREATE DATABASE x", "", Means.BASIC, "ann", "ann").status())
                .isEqualTo(200);
        assertThat(api.query("CREATE DATABASE x", "", Means.URL, "admin", "local")
                        .status())
                .isEqualTo(200);
        assertThat(api.query("CREATE DATABASE x", "", Means.BASIC, "joe", "joe").status())
                .isEqualTo(403);
        read(Means.URL, "ann", "wrong");

        String audit = audit();
        assertThat(audit)
                .contains("\"event\":\"login\",\"user\":\"ann\",\"address\":\"127.0.0.1\",\"means\":\"ldap\"")
                .contains("\"event\":\"statement\",\"user\":\"ann\",\"address\":\"127.0.0.1\",\"means\":\"ldap\""
                        + ",\"statement\":\"CREATE DATABASE x\",\"outcome\":\"success\"")
                .contains("\"event\":\"statement\",\"user\":\"admin\",\"address\":\"127.0.0.1\",\"means\":\"url\"")
                .contains("\"event\":\"access\",\"user\":\"joe\",\"address\":\"127.0.0.1\",\"means\":\"ldap\"")
                .contains("\"event\":\"login\",\"user\":\"ann\",\"address\":\"127.0.0.1\",\"means\":\"url\""
                        + ",\"outcome\":\"failure\",\"error\":\"authorization failed\"");
    }

    private static String audit() {
        try {
            return Files.readString(folder.resolve("audit.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
