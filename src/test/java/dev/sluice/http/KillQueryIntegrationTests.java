package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Statements that would run for minutes are begun, listed and ended, by KILL QUERY or as the client goes away. */
@Tag("integration")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class KillQueryIntegrationTests {

    private static final int POINTS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Almost as many rows as a statement may have buckets. */
    private static final String WINDOWS = " WHERE time >= 0 AND time < 57d GROUP BY time(1s) fill(1)";

    @TempDir
    static Path folder;

    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    KillQueryIntegrationTests(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @BeforeEach
    void writePoints() throws Exception {
        query("CREATE DATABASE d WITH DURATION INF");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < POINTS; i++) {
            lines.append("m v=").append(i * 7919 % POINTS).append(' ').append(i).append("000000\n");
        }
        assertThat(send(request("/write?db=d", lines.toString()).build()).statusCode())
                .isEqualTo(204);
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest asking(String statement, String parameters) {
        return request("/query?db=d" + parameters, "q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build();
    }

    private String query(String statement) throws Exception {
        return send(asking(statement, "")).body();
    }

    /** Waits until a statement runs, and returns its number. */
    private long idOf(String beginning) {
        Pattern row = Pattern.compile("\\[(\\d+),\"" + Pattern.quote(beginning));
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            Matcher found = row.matcher(query("SHOW QUERIES"));
                            return found.find() ? Long.parseLong(found.group(1)) : 0;
                        },
                        id -> id > 0);
    }

    private void awaitGone(String beginning) {
        await().atMost(PATIENCE).until(() -> !query("SHOW QUERIES").contains("\"" + beginning));
    }

    private static String innerStatements(String call) {
        String inner = "(SELECT " + call + " AS x FROM m)";
        return "SELECT count(x) FROM " + inner + (", " + inner).repeat(5_000);
    }

    static Stream<String> longStatements() {
        return Stream.of(
                innerStatements("mode(v)"),
                innerStatements("mean(v)").replace("AS x FROM m", "AS x FROM m GROUP BY time(10s)"),
                innerStatements("top(v, 3)"),
                "EXPLAIN ANALYZE " + innerStatements("median(v)"));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("longStatements")
    void killWhenStatementRunsThenItEndsWithInfluxdbsError(String statement) throws Exception {
        String beginning = statement.substring(0, 40);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(asking(statement, ""), BodyHandlers.ofString());
        long id = idOf(beginning);
        assertThat(answer).isNotDone();

        assertThat(query("KILL QUERY " + id)).isEqualTo("{\"results\":[{\"statement_id\":0}]}\n");

        HttpResponse<String> ended = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.body()).isEqualTo("{\"results\":[{\"statement_id\":0,\"error\":\"query interrupted\"}]}\n");
        awaitGone(beginning);
        assertThat(query("KILL QUERY " + id))
                .isEqualTo("{\"results\":[{\"statement_id\":0,\"error\":\"no such query id: " + id + "\"}]}\n");
    }

    /** The statements behind one that was killed are not executed. */
    @Test
    void killWhenOtherStatementsFollowThenTheyAreNotExecuted() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                asking(innerStatements("mode(v)") + "; CREATE DATABASE later", ""), BodyHandlers.ofString());
        query("KILL QUERY " + idOf("SELECT count(x) FROM (SELECT mode"));
        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body())
                .isEqualTo("{\"results\":[{\"statement_id\":0,\"error\":\"query interrupted\"},"
                        + "{\"statement_id\":1,\"error\":\"not executed\"}]}\n");
        assertThat(query("SHOW DATABASES")).doesNotContain("later");
    }

    @Test
    void killWhenRowsAreStreamedThenTheErrorStandsAtTheEnd() throws Exception {
        String statement = "SELECT mean(v) FROM m" + WINDOWS;
        CompletableFuture<HttpResponse<Stream<String>>> answer =
                client.sendAsync(asking(statement, "&chunked=true&chunk_size=1000"), BodyHandlers.ofLines());
        query("KILL QUERY " + idOf("SELECT mean(v) FROM"));
        String last = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body().reduce("", (before, line) -> line);
        assertThat(last).contains("\"error\":\"query interrupted\"");
        awaitGone("SELECT mean(v)");
    }

    /** That the work has stopped shows in what it writes. */
    @Test
    void killWhenPointsAreWrittenThenNoMoreAre() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(asking("SELECT mean(v) INTO copied FROM m" + WINDOWS, ""), BodyHandlers.ofString());
        await().atMost(PATIENCE)
                .until(() -> query("SELECT count(mean) FROM copied").contains("values"));
        query("KILL QUERY " + idOf("SELECT mean(v) INTO"));
        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body()).contains("query interrupted");
        String written = query("SELECT count(mean) FROM copied");
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(query("SELECT count(mean) FROM copied")).isEqualTo(written);
    }

    @Test
    void queryWhenClientGoesAwayThenItsWorkEnds() throws Exception {
        String body = "q=" + URLEncoder.encode(innerStatements("mode(v)"), StandardCharsets.UTF_8);
        String beginning = "SELECT count(x) FROM (SELECT mode";
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("POST /query?db=d HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length()
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + body);
            idOf(beginning);
        }
        awaitGone(beginning);
    }
}
