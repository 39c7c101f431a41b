package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Caller;
import dev.sluice.account.FastPasswordHasher;
import dev.sluice.account.PasswordHasher;
import dev.sluice.account.Permissions;
import dev.sluice.account.Roles;
import dev.sluice.account.Users;
import dev.sluice.model.Permission;
import dev.sluice.security.Api.Answer;
import dev.sluice.statement.StatementAccessTable;
import dev.sluice.statement.StatementAccessTable.Row;
import dev.sluice.statement.StatementAuthorizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Every statement of the language, as everybody who could send it, by every means of saying who that is: who may not, gets
 * InfluxDB's refusal word for word, and nothing has changed afterwards.
 */
@Tag("integration")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.auth-enabled=true",
            "influxdb.http.shared-secret=" + Means.SECRET
        })
class StatementAccessIntegrationTests {

    /** Users by name with what the table says of them; the password is the name. */
    private static final Map<String, Function<Row, @Nullable String>> ROLES = Map.of(
            "none", Row::withoutGrant,
            "reader", Row::withRead,
            "writer", Row::withWrite,
            "both", Row::withAll,
            "admin", row -> null);

    private static final String STATE =
            "SHOW DATABASES; SHOW USERS; SHOW GRANTS FOR joe; SHOW RETENTION POLICIES ON db1;"
                    + "SHOW RETENTION POLICIES ON db2; SHOW CONTINUOUS QUERIES; SHOW SUBSCRIPTIONS; SHOW SHARDS;"
                    + "SHOW SERIES ON db1; SHOW SERIES ON db2; SHOW FIELD KEYS ON db1; SHOW MEASUREMENTS ON db2";

    @TempDir
    static Path folder;

    private final Api api;
    private final Users users;
    private final Roles roles;
    private final StatementAuthorizer authorizer;

    @Autowired
    StatementAccessIntegrationTests(
            @LocalServerPort int port, Users users, Roles roles, StatementAuthorizer authorizer) {
        this.api = new Api(port);
        this.users = users;
        this.roles = roles;
        this.authorizer = authorizer;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    /** Thousands of log-ins with wrong passwords would each cost a real hash. */
    @TestConfiguration(proxyBeanMethods = false)
    static class FastPasswords {

        @Bean
        @Primary
        PasswordHasher fastPasswordHasher() {
            return new FastPasswordHasher();
        }
    }

    /** Brings back what an admin's statements have changed. */
    @BeforeEach
    void restore() {
        // Also creates the admin, when there is none yet.
        must("CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES");
        must("CREATE DATABASE db1; CREATE DATABASE db2; DROP DATABASE x; DROP USER x");
        for (String user : List.of("none", "reader", "writer", "both", "joe")) {
            must("CREATE USER " + user + " WITH PASSWORD '" + user + "'");
        }
        must("REVOKE ALL PRIVILEGES FROM joe; SET PASSWORD FOR joe = 'joe'; REVOKE ALL ON db1 FROM joe");
        must("GRANT READ ON db1 TO reader; GRANT WRITE ON db1 TO writer; GRANT ALL ON db1 TO both");
        must("DROP CONTINUOUS QUERY c ON db1; DROP CONTINUOUS QUERY c ON db2; DROP SUBSCRIPTION s ON db1.autogen");
        must("CREATE RETENTION POLICY p ON db1 DURATION 2h REPLICATION 1");
        for (String database : List.of("db1", "db2")) {
            Answer written = api.write(
                    "/write", "db=" + database, "m,host=a v=1 1\nn,host=b v=2 2", Means.BASIC.header("admin", "admin"));
            assertThat(written.status()).as(written.body()).isEqualTo(204);
        }
    }

    private void must(String statements) {
        for (String statement : statements.split(";")) {
            Answer answer = api.query(statement, "", Means.JWT, "admin", "");
            assertThat(answer.status()).as(statement + ": " + answer.body()).isEqualTo(200);
        }
    }

    private String state() {
        return api.query(STATE, "", Means.JWT, "admin", "").body();
    }

    /** One permission each is not enough for anything but what its name says; by every means in turn. */
    @Test
    void statementWhenAnotherPermissionIsHeldThenRefused() {
        for (Permission permission : Permission.values()) {
            String user = "p" + permission.ordinal();
            must("CREATE USER " + user + " WITH PASSWORD '" + user + "'");
            roles.addUserPermissions(user, Permissions.of("", permission));
        }
        String before = state();
        int cases = 0;
        for (Row row : StatementAccessTable.ROWS) {
            for (Permission permission : Permission.values()) {
                String user = "p" + permission.ordinal();
                Caller caller = Caller.of(users.find(user).orElseThrow());
                boolean allowed = authorizer
                        .authorize(caller, List.of(row.statement()), "db1")
                        .isAllowed();
                if (allowed) {
                    continue;
                }
                Means means = Means.values()[cases++ % Means.values().length];
                Answer answer = api.query(row.text(), "db1", means, user, user);
                assertThat(answer.status()).as("%s as %s", row, permission).isEqualTo(403);
                assertThat(answer.body()).contains("not authorized to execute statement");
            }
        }
        assertThat(cases).isGreaterThan(1_500);
        assertThat(state()).isEqualTo(before);
        for (Permission permission : Permission.values()) {
            must("DROP USER p" + permission.ordinal());
        }
    }

    static Stream<Row> statements() {
        return StatementAccessTable.ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statementWhenCallerMayNotThenIsRefusedInInfluxDbsWords(Row row) {
        String before = state();

        refusesWhoIsNobody(row.text());
        ROLES.forEach((user, requires) -> {
            String refusal = row.refusal(user, requires.apply(row));
            for (Means means : Means.values()) {
                if (refusal != null) {
                    refuses(row.text(), means, user, refusal);
                }
            }
        });

        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statementWhenCallerMayThenRuns(Row row) {
        ROLES.forEach((user, requires) -> {
            if (requires.apply(row) == null) {
                for (Means means : Means.values()) {
                    Answer answer = api.query(row.text(), "db1", means, user, user);
                    assertThat(answer.status()).as(user + ": " + answer.body()).isEqualTo(200);
                    assertThat(answer.body())
                            .startsWith("{\"results\":[{\"statement_id\":0")
                            .doesNotContain("authoriz", "not executed");
                    restoreWhenAllIsGone(row, user);
                }
            }
        });
    }

    /** The only statement of the table that takes others' privileges with it. */
    private void restoreWhenAllIsGone(Row row, String user) {
        if (user.equals("admin") && row.text().startsWith("DROP DATABASE")) {
            restore();
        }
    }

    private void refusesWhoIsNobody(String statement) {
        assertUnauthorized(api.query(statement, "db=db1", ""), "unable to parse authentication credentials");
        for (Means means : Means.values()) {
            String parameters = "db=db1" + means.parameters("admin", "wrong");
            assertUnauthorized(api.query(statement, parameters, means.wrongHeader("admin")), means.wrongText());
        }
    }

    private static void assertUnauthorized(Answer answer, String text) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + text + "\"}");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"InfluxDB\"");
        assertThat(answer.header("X-Influxdb-Error")).isEmpty();
        assertThat(answer.header("X-Influxdb-Version")).isNotEmpty();
        assertThat(answer.header("Request-Id")).isNotEmpty().isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    private void refuses(String statement, Means means, String user, String refusal) {
        Answer answer = api.query(statement, "db1", means, user, user);

        assertThat(answer.status()).as(user + ": " + answer.body()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + escape(refusal) + "\"}");
        assertThat(answer.header("X-Influxdb-Error")).isEqualTo(refusal);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    /** One that is forbidden keeps the others from running, wherever it stands. */
    @Test
    void statementsWhenOneIsForbiddenThenNoneRuns() {
        String before = state();
        String refusal = "error authorizing query: writer not authorized to execute statement 'DROP DATABASE db1',"
                + " requires admin privilege";

        for (Means means : Means.values()) {
            refuses("DROP SERIES FROM m; DELETE FROM n; DROP DATABASE db1", means, "writer", refusal);
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/write?db=db1", "/api/v2/write?bucket=db1", "/api/v2/write?bucket=db1%2Fautogen"})
    void writeWhenCallerMayNotThenIsRefused(String url) {
        String path = url.substring(0, url.indexOf('?'));
        String target = url.substring(url.indexOf('?') + 1);
        for (Means means : Means.values()) {
            for (String user : List.of("none", "reader")) {
                Answer answer = api.write(
                        path, target + means.parameters(user, user), "secret v=1 1", means.header(user, user));
                String text = "\"" + user + "\" user is not authorized to write to database \"db1\"";
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.body()).isEqualTo("{\"error\":\"" + escape(text) + "\"}");
                assertThat(answer.header("X-Influxdb-Error")).isEqualTo(text);
            }
            assertUnauthorized(
                    api.write(
                            path, target + means.parameters("both", "wrong"), "secret v=1", means.wrongHeader("both")),
                    means.wrongText());
            assertUnauthorized(api.write(path, target, "secret v=1", ""), "unable to parse authentication credentials");
        }
        assertThat(api.query("SHOW MEASUREMENTS ON db1", "", Means.JWT, "admin", "")
                        .body())
                .doesNotContain("secret");
        for (Means means : Means.values()) {
            for (String user : List.of("writer", "both", "admin")) {
                Answer answer =
                        api.write(path, target + means.parameters(user, user), "m v=3 3", means.header(user, user));
                assertThat(answer.status()).as(answer.body()).isEqualTo(204);
            }
        }
    }

    @Test
    void requestWhenItHasOtherFaultsThenTheyAreToldInInfluxDbsOrder() {
        String nobody = "unable to parse authentication credentials";
        assertUnauthorized(api.query("", "", ""), nobody);
        assertUnauthorized(api.query("bad syntax", "", ""), nobody);
        assertUnauthorized(api.write("/write", "", "not line protocol", ""), nobody);
        assertThat(api.query("DROP DATABASE", "", Means.BASIC, "none", "none").status())
                .isEqualTo(400);
        assertThat(api.query("", "", Means.BASIC, "none", "none").body())
                .isEqualTo("{\"error\":\"missing required parameter \\\"q\\\"\"}");
        assertThat(api.write("/write", "db=nodb", "m v=1", Means.BASIC.header("none", "none"))
                        .body())
                .isEqualTo("{\"error\":\"database not found: \\\"nodb\\\"\"}");
        assertThat(api.send("GET", "/nothing", "", "text/plain", "").status()).isEqualTo(404);
        assertThat(api.send("DELETE", "/query", "", "text/plain", "").status()).isEqualTo(405);
        Answer head = api.send("HEAD", "/query", "", "text/plain", "");
        assertThat(head.status()).isEqualTo(405);
        assertThat(head.header("Allow").split(", ?")).containsExactlyInAnyOrder("GET", "POST", "OPTIONS");
        assertThat(api.send("HEAD", "/write", "", "text/plain", "").status()).isEqualTo(405);
        assertThat(api.send("OPTIONS", "/query", "", "text/plain", "").status()).isEqualTo(200);
    }

    @Test
    void probesWhenAuthenticationIsOnThenAreOpen() {
        assertThat(api.send("GET", "/ping", "", "text/plain", "").status()).isEqualTo(204);
        assertThat(api.send("HEAD", "/ping", "", "text/plain", "Basic junk").status())
                .isEqualTo(204);
        assertThat(api.send("GET", "/health", "", "text/plain", "").status()).isEqualTo(200);
    }

    @Test
    void showDatabasesWhenAskedThenEachSeesTheirOwn() {
        for (Means means : Means.values()) {
            String none = api.query("SHOW DATABASES", "", means, "none", "none").body();
            assertThat(none)
                    .isEqualTo("{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"databases\","
                            + "\"columns\":[\"name\"]}]}]}");
            String reader =
                    api.query("SHOW DATABASES", "", means, "reader", "reader").body();
            assertThat(reader).contains("\"values\":[[\"db1\"]]");
        }
    }
}
