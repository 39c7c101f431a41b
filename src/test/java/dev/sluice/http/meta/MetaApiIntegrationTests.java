package dev.sluice.http.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.MetaListener;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The meta API and what its changes mean for the next request, over HTTP. */
@Tag("integration")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.auth-enabled=true",
            "influxdb.meta.http-bind-address=127.0.0.1:0",
            "influxdb.audit.enabled=true",
            "influxdb.login.max-failures-per-user=20",
            "influxdb.login.lock-out=10m",
            "influxdb.password-policy.refused=Guess-Me",
            "influxdb.limits.users.user1.max-select-point=1",
            "influxdb.limits.roles.slow.max-writes-per-second=1"
        })
class MetaApiIntegrationTests {

    @TempDir
    static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final int metaPort;

    MetaApiIntegrationTests(@LocalServerPort int port, @Autowired MetaListener listener) {
        this.port = port;
        this.metaPort = listener.port();
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.audit.path", () -> folder.resolve("audit.log").toString());
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @BeforeEach
    void prepare() throws Exception {
        query("", "CREATE USER admin WITH PASSWORD 'changeit' WITH ALL PRIVILEGES");
        for (String database : List.of("MyDatabase", "db1", "my_database", "d")) {
            query("admin:changeit", "CREATE DATABASE " + database);
        }
        for (String user : List.of("user1", "user2", "ops", "joe")) {
            query("admin:changeit", "CREATE USER " + user + " WITH PASSWORD '" + user + "'");
        }
    }

    private String query(String credentials, String statement) throws Exception {
        return send(
                        port,
                        "POST",
                        "/query?db=d",
                        "q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8),
                        credentials)
                .body();
    }

    private HttpResponse<String> send(int to, String method, String path, String body, String credentials)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, BodyPublishers.ofString(body));
        if (!credentials.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String meta(String path, String body) throws Exception {
        return send(metaPort, "POST", path, body, "admin:changeit").body();
    }

    @Test
    void documentedCommandsAnswerAsDocumented() throws Exception {
        List<String> commands = new ArrayList<>();
        List<List<String>> answers = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/meta/enterprise-commands.sh"))) {
            if (line.startsWith("=")) {
                answers.get(answers.size() - 1).add(line);
            } else if (!line.startsWith("#")) {
                commands.add(line);
                answers.add(new ArrayList<>());
            }
        }
        List<String> shown = type(commands);
        assertThat(shown).hasSameSizeAs(commands);
        for (int i = 0; i < commands.size(); i++) {
            for (String answer : answers.get(i)) {
                if (answer.startsWith("=~")) {
                    assertThat(shown.get(i)).as(commands.get(i)).contains(answer.substring(3));
                } else {
                    assertThat(shown.get(i)).as(commands.get(i)).isEqualTo(answer.substring(3));
                }
            }
        }
    }

    /** What each command prints, in one line. */
    private List<String> type(List<String> commands) throws Exception {
        StringBuilder script = new StringBuilder();
        for (String command : commands) {
            script.append(command.replace("localhost:8091", "127.0.0.1:" + metaPort))
                    .append(" | tr -d '\\n'\necho\n");
        }
        Path file = folder.resolve("commands.sh");
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        Process shell = builder.start();
        List<String> shown = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return shown;
    }

    @Test
    void passwordThatThePolicyRefusesIsRefusedByEveryWayToSetOne() throws Exception {
        String error = "{\"error\":\"password is too common\"}";
        String ofStatement = "{\"results\":[{\"statement_id\":0,\"error\":\"password is too common\"}]}\n";

        assertThat(meta("/user", "{\"action\":\"create\",\"user\":{\"name\":\"new\",\"password\":\"guess-me\"}}")
                        .strip())
                .isEqualTo(error);
        assertThat(meta(
                                "/user",
                                "{\"action\":\"change-password\",\"user\":{\"name\":\"ops\",\"password\":\"guess-me\"}}")
                        .strip())
                .isEqualTo(error);
        assertThat(query("admin:changeit", "CREATE USER new WITH PASSWORD 'guess-me'"))
                .isEqualTo(ofStatement);
        assertThat(query("admin:changeit", "SET PASSWORD FOR ops = 'GUESS-ME'")).isEqualTo(ofStatement);
        assertThat(query("ops:ops", "SHOW DATABASES")).doesNotContain("error");
        assertThat(query("new:guess-me", "SHOW DATABASES")).contains("authorization failed");
    }

    @Test
    void onlyAdminsComeInAndOnlyOnTheirListener() throws Exception {
        for (String path : List.of("/user", "/role", "/influxdb/v2/acl/restrictions", "/influxdb/v2/acl/grants")) {
            assertThat(send(metaPort, "GET", path, "", "").statusCode()).isEqualTo(401);
            assertThat(send(metaPort, "GET", path, "", "admin:wrong").statusCode())
                    .isEqualTo(401);
            assertThat(send(metaPort, "GET", path, "", "joe:joe").statusCode()).isEqualTo(403);
            assertThat(send(metaPort, "POST", path, "{}", "joe:joe").statusCode())
                    .isEqualTo(403);
            assertThat(send(metaPort, "GET", path, "", "admin:changeit").statusCode())
                    .isEqualTo(200);
            for (String method : List.of("GET", "POST", "DELETE", "PUT")) {
                HttpResponse<String> elsewhere = send(port, method, path, "", "admin:changeit");
                assertThat(elsewhere.statusCode()).as(method + path).isEqualTo(404);
                assertThat(elsewhere.body()).isEqualTo("404 page not found\n");
            }
        }
        for (String path : List.of("/query?q=SHOW+DATABASES", "/ping", "/write?db=d", "/health")) {
            assertThat(send(metaPort, "GET", path, "", "admin:changeit").statusCode())
                    .isEqualTo(404);
        }
        assertThat(send(metaPort, "PUT", "/user", "", "admin:changeit").statusCode())
                .isEqualTo(405);
    }

    @Test
    void permissionsActOnTheNextRequest() throws Exception {
        assertThat(query("joe:joe", "SHOW MEASUREMENTS")).contains("requires READ on d");
        meta("/role", "{\"action\":\"create\",\"role\":{\"name\":\"readers\"}}");
        meta(
                "/role",
                "{\"action\":\"add-permissions\",\"role\":{\"name\":\"readers\",\"permissions\":{\"d\":[\"ReadData\"]}}}");
        meta("/role", "{\"action\":\"add-users\",\"role\":{\"name\":\"readers\",\"users\":[\"joe\"]}}");
        assertThat(query("joe:joe", "SHOW MEASUREMENTS")).isEqualTo("{\"results\":[{\"statement_id\":0}]}\n");
        assertThat(query("joe:joe", "SHOW DATABASES")).contains("[[\"d\"]]");
        assertThat(query("joe:joe", "SHOW QUERIES")).contains("requires READ on d");
        meta(
                "/user",
                "{\"action\":\"add-permissions\",\"user\":{\"name\":\"joe\",\"permissions\":{\"\":[\"ManageQuery\"]}}}");
        assertThat(query("joe:joe", "SHOW QUERIES")).contains("SHOW QUERIES");
        meta("/role", "{\"action\":\"delete\",\"role\":{\"name\":\"readers\"}}");
        assertThat(query("joe:joe", "SHOW MEASUREMENTS")).contains("requires READ on d");
    }

    @Test
    void rulesActOnTheNextRequest() throws Exception {
        query("admin:changeit", "GRANT ALL ON d TO joe");
        String lines = "network,dc=east v=1 1\nnetwork,dc=west v=2 2";
        assertThat(send(port, "POST", "/write?db=d", lines, "joe:joe").statusCode())
                .isEqualTo(204);

        meta(
                "/influxdb/v2/acl/restrictions",
                "{\"database\":{\"match\":\"exact\",\"value\":\"d\"},\"measurement\":{\"match\":\"exact\","
                        + "\"value\":\"network\"},\"permissions\":[\"read\",\"write\"]}");
        meta(
                "/influxdb/v2/acl/grants",
                "{\"database\":{\"match\":\"exact\",\"value\":\"d\"},\"tags\":[{\"match\":\"exact\",\"key\":\"dc\","
                        + "\"value\":\"west\"}],\"permissions\":[\"read\",\"write\"],\"users\":[{\"name\":\"joe\"}]}");

        assertThat(query("joe:joe", "SELECT sum(v) FROM network")).contains("[[\"1970-01-01T00:00:00Z\",2]]");
        HttpResponse<String> refused = send(port, "POST", "/write?db=d", lines, "joe:joe");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"error\":\"joe not authorized to write to d.network,dc=east\"}\n");
        assertThat(query("admin:changeit", "SELECT sum(v) FROM network")).contains(",3]]");
    }

    @Test
    void mistakesAreNamed() throws Exception {
        assertThat(meta("/user", "nonsense")).isEqualTo("{\"error\":\"invalid JSON\"}\n");
        assertThat(meta("/user", "[]")).isEqualTo("{\"error\":\"body must be a JSON object\"}\n");
        assertThat(meta("/user", "{\"action\":\"x\",\"user\":{}}")).contains("invalid action");
        assertThat(meta("/user", "{\"action\":\"create\",\"user\":{\"name\":\"joe\",\"password\":\"x\"}}"))
                .isEqualTo("{\"error\":\"user already exists\"}\n");
        assertThat(
                        meta(
                                "/user",
                                "{\"action\":\"add-permissions\",\"user\":{\"name\":\"joe\",\"permissions\":{\"nodb\":[\"ReadData\"]}}}"))
                .isEqualTo("{\"error\":\"database not found: nodb\"}\n");
        assertThat(
                        meta(
                                "/user",
                                "{\"action\":\"add-permissions\",\"user\":{\"name\":\"joe\",\"permissions\":{\"d\":[\"ManageShard\"]}}}"))
                .contains("cannot be granted for a database");
        assertThat(
                        meta(
                                "/user",
                                "{\"action\":\"add-permissions\",\"user\":{\"name\":\"joe\",\"permissions\":{\"d\":[\"readdata\"]}}}"))
                .contains("invalid permission");
        assertThat(
                        meta(
                                "/influxdb/v2/acl/restrictions",
                                "{\"database\":{\"match\":\"exact\",\"value\":\"d\"},\"mesurement\":{},\"permissions\":[\"read\"]}"))
                .contains("unknown field \\\"mesurement\\\"");
        assertThat(meta(
                        "/influxdb/v2/acl/restrictions",
                        "{\"database\":{\"match\":\"regex\",\"value\":\"d\"},\"permissions\":[\"read\"]}"))
                .contains("invalid match");
        assertThat(meta(
                        "/influxdb/v2/acl/grants",
                        "{\"database\":{\"match\":\"exact\",\"value\":\"d\"},\"permissions\":[\"read\"]}"))
                .contains("a grant needs");
        assertThat(send(metaPort, "DELETE", "/influxdb/v2/acl/grants/99", "", "admin:changeit")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void changesAndRefusalsAreOnRecordWithoutSecrets() throws Exception {
        query("admin:changeit", "CREATE USER eve WITH PASSWORD 'very secret'");
        query("admin:changeit", "DROP SHARD x");
        query("joe:joe", "DROP DATABASE db1");
        query("joe:guessed", "SHOW DATABASES");
        send(metaPort, "GET", "/user", "", "joe:joe");
        meta("/user", "{\"action\":\"change-password\",\"user\":{\"name\":\"eve\",\"password\":\"more secret\"}}");
        meta("/user", "{\"action\":\"delete\",\"user\":{\"name\":\"nobody\"}}");

        String log = Files.readString(folder.resolve("audit.log"));
        assertThat(log)
                .contains("\"event\":\"login\",\"user\":\"admin\",\"address\":\"127.0.0.1\",\"means\":\"basic\"")
                .contains("\"database\":\"d\",\"statement\":\"CREATE USER eve WITH PASSWORD [REDACTED]\","
                        + "\"outcome\":\"success\"}")
                .contains("\"event\":\"access\",\"user\":\"joe\"", "requires admin privilege\"}")
                .contains("\"outcome\":\"failure\",\"error\":\"authorization failed\"}")
                .contains("\"outcome\":\"failure\",\"error\":\"error authorizing admin access\"}")
                .contains("\"statement\":\"user change-password {\\\"name\\\":\\\"eve\\\"}\"")
                .contains("\"error\":\"user not found\"}")
                .doesNotContain("very secret", "more secret", "guessed");
    }

    @Test
    void queriesAreShownToThoseWhoAskThem() throws Exception {
        query("admin:changeit", "GRANT READ ON d TO ops");

        assertThat(query("ops:ops", "SHOW QUERIES"))
                .contains("\"columns\":[\"qid\",\"query\",\"database\",\"duration\",\"status\",\"user\"]")
                .contains("\"running\",\"ops\"]]");
    }

    @Test
    void usersAndRolesHaveLimits() throws Exception {
        query("admin:changeit", "GRANT ALL ON d TO user1");
        query("admin:changeit", "GRANT ALL ON d TO user2");
        meta("/role", "{\"action\":\"create\",\"role\":{\"name\":\"slow\"}}");
        meta("/role", "{\"action\":\"add-users\",\"role\":{\"name\":\"slow\",\"users\":[\"user2\"]}}");
        send(port, "POST", "/write?db=d", "many v=1 1\nmany v=2 2\nmany v=3 3", "user1:user1");

        assertThat(query("user1:user1", "SELECT v FROM many")).contains("max-select-point limit exceeded");
        assertThat(query("user2:user2", "SELECT v FROM many")).doesNotContain("error");
        int refused = 0;
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> answer = send(port, "POST", "/write?db=d", "some v=1 " + i, "user2:user2");
            if (answer.statusCode() == 429) {
                assertThat(answer.body()).isEqualTo("{\"error\":\"writes per second limit exceeded (1)\"}\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(0);
    }

    @Test
    void wrongPasswordsAreHeldBack() throws Exception {
        query("admin:changeit", "CREATE USER locked WITH PASSWORD 'right'");
        for (int i = 0; i < 22; i++) {
            query("locked:wrong", "SHOW DATABASES");
        }
        Thread.sleep(1);

        assertThat(query("locked:right", "SHOW DATABASES")).isEqualTo("{\"error\":\"authorization failed\"}\n");
        assertThat(query("joe:joe", "SHOW DATABASES")).contains("results");
    }
}
