package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Permissions;
import dev.sluice.account.Roles;
import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.AccessRules;
import dev.sluice.account.rule.NameMatcher;
import dev.sluice.account.rule.TagMatcher;
import dev.sluice.http.prometheus.TestMessages;
import dev.sluice.http.prometheus.TestMessages.Matcher;
import dev.sluice.http.prometheus.TestMessages.Sample;
import dev.sluice.model.Permission;
import dev.sluice.security.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The routes beside {@code /query} and {@code /write}, as everybody, by every means of saying who that is. */
@Tag("integration")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.auth-enabled=true",
            "influxdb.http.ping-auth-enabled=true",
            "influxdb.http.shared-secret=" + Means.SECRET
        })
class ApiAccessIntegrationTests {

    private static final String PROTOBUF = "application/x-protobuf";

    private static final byte[] WRITE = TestMessages.compressed(
            TestMessages.writeRequest(TestMessages.series("up", "zone", "east", new Sample(1, 1000))));

    private static final byte[] READ =
            TestMessages.compressed(TestMessages.readRequest(0, 10_000, new Matcher(0, "__name__", "up")));

    @TempDir
    static Path folder;

    private final Api api;
    private final Roles roles;
    private final AccessRules rules;

    @Autowired
    ApiAccessIntegrationTests(@LocalServerPort int port, Roles roles, AccessRules rules) {
        this.api = new Api(port);
        this.roles = roles;
        this.rules = rules;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @BeforeEach
    void createUsers() {
        must("CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES");
        must("DROP DATABASE d");
        must("CREATE DATABASE d");
        for (String user : List.of("none", "reader", "writer", "both", "enterprise")) {
            must("CREATE USER " + user + " WITH PASSWORD '" + user + "'");
        }
        must("GRANT READ ON d TO reader");
        must("GRANT WRITE ON d TO writer");
        must("GRANT ALL ON d TO both");
        for (Kind kind : Kind.values()) {
            rules.rules(kind).forEach(rule -> rules.removeRule(kind, rule.id()));
        }
    }

    private void must(String statement) {
        Answer answer = api.query(statement, "d", Means.JWT, "admin", "admin");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("error");
    }

    private Answer call(String method, String path, byte[] body, Means means, String user) {
        String separator = path.contains("?") ? "" : "?";
        return api.send(
                method, path + separator + means.parameters(user, user), body, PROTOBUF, means.header(user, user));
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void debugWhenTheUserMayNotMonitorThenForbidden(Means means) {
        for (String user : List.of("none", "reader", "both", "enterprise")) {
            for (String path : List.of("/debug/vars", "/debug/requests?seconds=0")) {
                assertAnswer(call("GET", path, new byte[0], means, user), 403, "error authorizing admin access");
            }
        }
        roles.addUserPermissions("enterprise", Permissions.of(Permissions.EVERYWHERE, Permission.MONITOR));
        try {
            for (String user : List.of("admin", "enterprise")) {
                assertThat(call("GET", "/debug/vars", new byte[0], means, user).body())
                        .contains("\"memstats\"");
                assertThat(call("GET", "/debug/requests?seconds=0", new byte[0], means, user)
                                .status())
                        .isEqualTo(200);
            }
        } finally {
            roles.removeUserPermissions("enterprise", Permissions.of(Permissions.EVERYWHERE, Permission.MONITOR));
        }
    }

    private static String error(String text) {
        return "{\"error\":\"" + text.replace("\"", "\\\"") + "\"}";
    }

    private void assertAnswer(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(error.isEmpty() ? "" : error(error));
        assertThat(answer.header("X-Influxdb-Error")).isEqualTo(status == 401 ? "" : error);
    }

    /** Every route that takes a user: nobody, a wrong password and a wrong secret are refused before anything is read. */
    @ParameterizedTest
    @EnumSource(Means.class)
    void routeWhenNobodyIsLoggedInThenUnauthorized(Means means) {
        for (String route : List.of(
                "POST /api/v1/prom/write?db=d",
                "POST /api/v1/prom/read?db=d",
                "POST /api/v2/query",
                "GET /metrics",
                "GET /debug/vars",
                "GET /debug/requests")) {
            String method = route.split(" ")[0];
            String path = route.split(" ")[1];
            Answer nobody = api.send(method, path, "", PROTOBUF, "");
            assertAnswer(nobody, 401, "unable to parse authentication credentials");
            assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Basic realm=\"InfluxDB\"");

            String wrong = path + (path.contains("?") ? "" : "?") + means.parameters("admin", "wrong");
            assertAnswer(
                    api.send(method, wrong, "", PROTOBUF, means.wrongHeader("admin")),
                    401,
                    means == Means.URL ? "authorization failed" : means.wrongText());
        }
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void promWriteWhenTheUserMayNotWriteThenForbidden(Means means) {
        String path = "/api/v1/prom/write?db=d";
        for (String user : List.of("none", "reader", "enterprise")) {
            assertAnswer(
                    call("POST", path, WRITE, means, user),
                    403,
                    "\"" + user + "\" user is not authorized to write to database \"d\"");
        }
        assertThat(api.query("SHOW SERIES", "d", means, "admin", "admin").body())
                .doesNotContain("up");
        for (String user : List.of("writer", "both", "admin")) {
            assertAnswer(call("POST", path, WRITE, means, user), 204, "");
        }
        assertAnswer(
                call("POST", "/api/v1/prom/write?db=other", WRITE, means, "none"),
                404,
                "database not found: \"other\"");
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void promReadWhenTheUserMayNotReadThenForbidden(Means means) {
        assertAnswer(call("POST", "/api/v1/prom/write?db=d", WRITE, means, "admin"), 204, "");
        for (String user : List.of("none", "writer", "enterprise")) {
            assertAnswer(
                    call("POST", "/api/v1/prom/read?db=d", READ, means, user),
                    403,
                    "user \"" + user + "\" is not authorized to read from database \"d\"");
            assertThat(call("POST", "/api/v1/prom/read?db=other", READ, means, user)
                            .status())
                    .as("names are not given away")
                    .isEqualTo(403);
        }
        for (String user : List.of("reader", "both", "admin")) {
            Answer answer = call("POST", "/api/v1/prom/read?db=d", READ, means, user);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("east");
        }
    }

    @Test
    void promWhenPermissionsAreHeldThenAllowed() {
        roles.addUserPermissions("enterprise", Permissions.of("d", Permission.WRITE_DATA));
        assertAnswer(call("POST", "/api/v1/prom/write?db=d", WRITE, Means.BASIC, "enterprise"), 204, "");
        assertThat(call("POST", "/api/v1/prom/read?db=d", READ, Means.BASIC, "enterprise")
                        .status())
                .isEqualTo(403);
        roles.addUserPermissions("enterprise", Permissions.of("d", Permission.READ_DATA));
        assertThat(call("POST", "/api/v1/prom/read?db=d", READ, Means.BASIC, "enterprise")
                        .status())
                .isEqualTo(200);
        roles.removeUserPermissions("enterprise", Permissions.of("d", Permission.READ_DATA, Permission.WRITE_DATA));
    }

    /** All of the database is restricted; one user is given one zone. */
    private void restrictToZone(String user, String zone) {
        Set<Action> both = Set.of(Action.READ, Action.WRITE);
        NameMatcher database = NameMatcher.exact("d");
        rules.addRule(new AccessRule("", Kind.RESTRICTION, database, null, List.of(), both, List.of(), List.of()));
        rules.addRule(new AccessRule(
                "",
                Kind.GRANT,
                database,
                null,
                List.of(new TagMatcher("zone", NameMatcher.exact(zone))),
                both,
                List.of(user),
                List.of()));
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void promWhenRulesRestrictTheUserThenOnlyWhatIsFree(Means means) {
        must("DROP SERIES FROM up");
        byte[] west = TestMessages.compressed(TestMessages.writeRequest(
                TestMessages.series("up", "zone", "east", new Sample(1, 1000)),
                TestMessages.series("up", "zone", "west", new Sample(2, 1000))));
        assertAnswer(call("POST", "/api/v1/prom/write?db=d", west, means, "admin"), 204, "");
        restrictToZone("both", "east");

        assertThat(call("POST", "/api/v1/prom/read?db=d", READ, means, "both").body())
                .contains("east")
                .doesNotContain("west");
        assertThat(call("POST", "/api/v1/prom/read?db=d", READ, means, "reader").body())
                .doesNotContain("east");
        assertAnswer(
                call("POST", "/api/v1/prom/write?db=d", west, means, "both"),
                403,
                "both not authorized to write to d.up,__name__=up,zone=west");
        assertAnswer(call("POST", "/api/v1/prom/write?db=d", WRITE, means, "both"), 204, "");
        assertThat(call("POST", "/api/v1/prom/write?db=d", WRITE, means, "writer")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void fluxWhenAskedThenDisabledForEverybody(Means means) {
        for (String user : List.of("none", "admin")) {
            assertAnswer(
                    call("POST", "/api/v2/query", "buckets()".getBytes(StandardCharsets.UTF_8), means, user),
                    403,
                    "Flux query service disabled. Verify flux-enabled=true in the [http] section of the InfluxDB"
                            + " config.");
        }
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void metricsWhenProbesAreAuthenticatedThenAnyUserReadsThem(Means means) {
        Answer answer = call("GET", "/metrics", new byte[0], means, "none");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type"))
                .isEqualToIgnoringWhitespace("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("\nprocess_cpu_seconds_total ")
                .contains("\njvm_memory_used_bytes{area=\"heap\"} ")
                .contains("\npromhttp_metric_handler_requests_in_flight 1.0")
                .contains("\npromhttp_metric_handler_requests_total{code=\"500\"} 0.0");
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static final byte[] DELETE_ALL =
            json("{'start':'1970-01-01T00:00:00Z','stop':'1970-01-02T00:00:00Z','predicate':'_measurement=up'}");

    @ParameterizedTest
    @EnumSource(Means.class)
    void deleteWhenTheUserMayNotWriteThenForbidden(Means means) {
        assertAnswer(call("POST", "/api/v1/prom/write?db=d", WRITE, means, "admin"), 204, "");
        for (String user : List.of("none", "reader", "enterprise")) {
            assertAnswer(
                    call("POST", "/api/v2/delete?bucket=d", DELETE_ALL, means, user),
                    403,
                    "delete - \"" + user + "\" is not authorized to delete from \"d\": " + user
                            + " not authorized to write to d");
        }
        assertThat(api.query("SHOW SERIES", "d", means, "admin", "admin").body())
                .contains("up");
        assertAnswer(call("POST", "/api/v2/delete?bucket=d", DELETE_ALL, means, "writer"), 200, "");
        assertThat(api.query("SHOW SERIES", "d", means, "admin", "admin").body())
                .doesNotContain("up");
    }

    /** With permissions, the right to write is not one to delete. */
    @Test
    void deleteWhenPermissionsAreHeldThenDropDataDecides() {
        roles.addUserPermissions("enterprise", Permissions.of("d", Permission.READ_DATA));
        assertThat(call("POST", "/api/v2/delete?bucket=d", DELETE_ALL, Means.TOKEN, "enterprise")
                        .status())
                .isEqualTo(403);
        roles.addUserPermissions("enterprise", Permissions.of("d", Permission.DROP_DATA));
        assertAnswer(call("POST", "/api/v2/delete?bucket=d", DELETE_ALL, Means.TOKEN, "enterprise"), 200, "");
        roles.removeUserPermissions("enterprise", Permissions.of("d", Permission.READ_DATA, Permission.DROP_DATA));
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void deleteWhenRulesRestrictTheUserThenTheRestStays(Means means) {
        byte[] both = TestMessages.compressed(TestMessages.writeRequest(
                TestMessages.series("up", "zone", "east", new Sample(1, 1000)),
                TestMessages.series("up", "zone", "west", new Sample(2, 1000))));
        assertAnswer(call("POST", "/api/v1/prom/write?db=d", both, means, "admin"), 204, "");
        restrictToZone("both", "east");
        assertAnswer(call("POST", "/api/v2/delete?bucket=d", DELETE_ALL, means, "both"), 200, "");
        assertThat(api.query("SHOW SERIES", "d", means, "admin", "admin").body())
                .contains("west")
                .doesNotContain("east");
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void bucketsWhenTheUserIsNoAdminThenForbidden(Means means) {
        for (String user : List.of("none", "reader", "writer", "both", "enterprise")) {
            String who = "\"" + user + "\" is not authorized to ";
            String must = ": user \"" + user + "\", must be an administrator to ";
            assertAnswer(
                    call("POST", "/api/v2/buckets", json("{'name':'x/r'}"), means, user),
                    403,
                    "buckets - " + who + "create \"x/r\"" + must + "create a database");
            assertAnswer(
                    call("POST", "/api/v2/buckets", json("{'name':'d/r'}"), means, user),
                    403,
                    "buckets - " + who + "create \"d/r\"" + must + "create a retention policy");
            assertAnswer(
                    call("PATCH", "/api/v2/buckets/d%2Fautogen", json("{}"), means, user),
                    403,
                    "update bucket - " + who + "modify \"d/autogen\"" + must + "create a database");
            assertAnswer(
                    call("DELETE", "/api/v2/buckets/d%2Fautogen", new byte[0], means, user),
                    403,
                    "buckets - " + who + "modify \"d/autogen\"" + must + "delete a retention policy");
        }
        assertThat(api.query("SHOW RETENTION POLICIES", "d", means, "admin", "admin")
                        .body())
                .contains("[\"autogen\",\"0s\",\"168h0m0s\",1,true]]");
        assertThat(call("POST", "/api/v2/buckets", json("{'name':'d/r'}"), means, "admin")
                        .status())
                .isEqualTo(201);
        assertAnswer(call("DELETE", "/api/v2/buckets/d%2Fr", new byte[0], means, "admin"), 200, "");
    }

    @ParameterizedTest
    @EnumSource(Means.class)
    void bucketsWhenTheUserMayNotReadThenNotShown(Means means) {
        for (String user : List.of("none", "writer", "enterprise")) {
            assertThat(call("GET", "/api/v2/buckets", new byte[0], means, user).body())
                    .isEqualTo("{\"buckets\":[]}");
            for (String policy : List.of("autogen", "none")) {
                assertAnswer(
                        call("GET", "/api/v2/buckets/d%2F" + policy, new byte[0], means, user),
                        403,
                        "retrieve bucket - \"" + user + "\" is not authorized to read \"d\": user \"" + user
                                + "\", requires READ for database \"d\"");
            }
        }
        for (String user : List.of("reader", "both", "admin")) {
            assertThat(call("GET", "/api/v2/buckets", new byte[0], means, user).body())
                    .contains("\"id\":\"d/autogen\"");
            assertThat(call("GET", "/api/v2/buckets/d%2Fautogen", new byte[0], means, user)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void bucketsWhenPermissionsAreHeldThenAllowed() {
        roles.addUserPermissions("enterprise", Permissions.of("d", Permission.CREATE_DATABASE));
        assertThat(call("POST", "/api/v2/buckets", json("{'name':'d/r'}"), Means.BASIC, "enterprise")
                        .status())
                .isEqualTo(201);
        assertThat(call("POST", "/api/v2/buckets", json("{'name':'x/r'}"), Means.BASIC, "enterprise")
                        .status())
                .isEqualTo(403);
        assertThat(call("DELETE", "/api/v2/buckets/d%2Fr", new byte[0], Means.BASIC, "enterprise")
                        .status())
                .isEqualTo(403);
        roles.removeUserPermissions("enterprise", Permissions.of("d", Permission.CREATE_DATABASE));
    }
}
