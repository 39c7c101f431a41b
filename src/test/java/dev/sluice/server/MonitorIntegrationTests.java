package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service tells of itself: statements, {@code /debug} and the database of its statistics. */
@Tag("integration")
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.meta.http-enabled=false",
            "influxdb.meta.http-bind-address=127.0.0.1:0",
            "influxdb.monitor.store-enabled=true",
            "influxdb.monitor.store-interval=1s"
        })
class MonitorIntegrationTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    private final MetaListener meta;

    @Autowired
    MonitorIntegrationTests(MetaListener meta) {
        this.meta = meta;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @BeforeEach
    void createDatabase() throws Exception {
        query("DROP DATABASE d");
        query("CREATE DATABASE d");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private JsonNode series(String statement) throws IOException, InterruptedException {
        return JSON.readTree(query(statement)).at("/results/0/series");
    }

    private String query(String statement) throws IOException, InterruptedException {
        String form = "q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8);
        return send(request("/query")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .body();
    }

    private int write(String lines) throws IOException, InterruptedException {
        return send(request("/write?db=d").POST(BodyPublishers.ofString(lines))).statusCode();
    }

    /** A figure of the only or first series of a statistic. */
    private long figure(String statistic, String column) throws IOException, InterruptedException {
        JsonNode series = series("SHOW STATS FOR '" + statistic + "'").get(0);
        for (int i = 0; i < series.get("columns").size(); i++) {
            if (series.get("columns").get(i).asString().equals(column)) {
                return series.get("values").get(0).get(i).asLong();
            }
        }
        throw new AssertionError("no " + column + " in " + series);
    }

    @Test
    void metaApiWhenSwitchedOffThenHasNoListener() {
        assertThat(meta.port()).isEqualTo(-1);
    }

    @Test
    void showStatsTellsOfEveryPartInInfluxDbsOrder() throws Exception {
        write("m,t=a v=1 1");
        List<String> names = series("SHOW STATS")
                .valueStream()
                .map(each -> each.get("name").asString())
                .distinct()
                .toList();

        assertThat(names)
                .containsExactly(
                        "runtime",
                        "queryExecutor",
                        "database",
                        "shard",
                        "storage",
                        "write",
                        "subscriber",
                        "cq",
                        "httpd");
    }

    @Test
    void statisticsCountWhatIsWrittenLeftOutAndRefused() throws Exception {
        long ok = figure("httpd", "pointsWrittenOK");
        long dropped = figure("httpd", "pointsWrittenDropped");
        long errors = figure("httpd", "clientError");
        long bytes = figure("httpd", "writeReqBytes");
        long queries = figure("queryExecutor", "queriesFinished");

        assertThat(write("m v=1 1\nm v=2 2")).isEqualTo(204);
        assertThat(write("m v=1 3\nm v=\"text\" 4")).isEqualTo(400);
        assertThat(write("m v=")).isEqualTo(400);

        assertThat(figure("httpd", "pointsWrittenOK") - ok).isEqualTo(3);
        assertThat(figure("httpd", "pointsWrittenDropped") - dropped).isEqualTo(1);
        assertThat(figure("httpd", "clientError") - errors).isEqualTo(2);
        assertThat(figure("httpd", "writeReqBytes") - bytes).isEqualTo(15 + 20 + 4);
        assertThat(figure("queryExecutor", "queriesFinished") - queries).isGreaterThanOrEqualTo(4);
        assertThat(figure("httpd", "reqActive")).isEqualTo(1);
        assertThat(figure("queryExecutor", "queriesActive")).isEqualTo(1);
    }

    @Test
    void showStatsOfDatabasesAndShardsCountSeries() throws Exception {
        write("m,t=a v=1,w=2 1\nm,t=b v=1 1\nn v=1 1");

        String databases = query("SHOW STATS FOR 'database'");
        String shards = query("SHOW STATS FOR 'shard'");

        assertThat(databases)
                .contains("{\"name\":\"database\",\"tags\":{\"database\":\"d\"},\"columns\":[\"numMeasurements\","
                        + "\"numSeries\"],\"values\":[[2,3]]}");
        assertThat(shards)
                .contains("\"database\":\"d\"", "\"retentionPolicy\":\"autogen\"")
                .contains("\"columns\":[\"diskBytes\",\"fieldsCreate\",\"seriesCreate\",\"writePointsDropped\","
                        + "\"writePointsErr\",\"writePointsOk\",\"writeReq\",\"writeReqErr\",\"writeReqOk\"],"
                        + "\"values\":[[0,3,3,0,0,3,1,0,1]]");
    }

    @Test
    void showStatsOfIndexesOnlyWhenAskedForByName() throws Exception {
        write("m,t=a v=1 1");
        long before = figure("indexes", "memoryBytes");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append("m,t=").append(i).append(" v=1 1\n");
        }
        write(lines.toString());

        assertThat(figure("indexes", "memoryBytes")).isGreaterThan(before + 2000 * 16);
        assertThat(query("SHOW STATS")).doesNotContain("\"indexes\"");
    }

    @Test
    void showDiagnosticsHasInfluxDbsModulesWithTypedValues() throws Exception {
        JsonNode all = series("SHOW DIAGNOSTICS");

        assertThat(all.valueStream().map(each -> each.get("name").asString()))
                .containsExactly(
                        "build",
                        "config",
                        "config-coordinator",
                        "config-cqs",
                        "config-data",
                        "config-httpd",
                        "config-meta",
                        "config-monitor",
                        "config-precreator",
                        "config-retention",
                        "config-subscriber",
                        "network",
                        "runtime",
                        "system");
        assertThat(query("SHOW DIAGNOSTICS FOR 'config-monitor'"))
                .contains("\"columns\":[\"store-database\",\"store-enabled\",\"store-interval\"],"
                        + "\"values\":[[\"_internal\",true,\"1s\"]]");
        assertThat(series("SHOW DIAGNOSTICS FOR 'system'").at("/0/values/0/0").asLong())
                .isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void debugVarsIsOneDocumentOfAllStatistics() throws Exception {
        write("m v=1 1");
        HttpResponse<String> answer = send(request("/debug/vars"));
        JsonNode document = JSON.readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("Request-Id")).isEmpty();
        assertThat(answer.headers().firstValue("X-Influxdb-Version")).isPresent();
        assertThat(document.at("/system/uptime").isIntegralNumber()).isTrue();
        assertThat(document.at("/memstats/HeapInuse").asLong()).isPositive();
        assertThat(document.at("/database:d/values/numSeries").asLong()).isEqualTo(1);
        assertThat(document.at("/database:d/tags/database").asString()).isEqualTo("d");
        assertThat(document.at("/write/tags").isNull()).isTrue();
        assertThat(document.at("/cmdline").toString()).doesNotContain("influxdb.");
        assertThat(send(request("/debug/varsAndMore")).statusCode()).isEqualTo(200);
        assertThat(send(request("/debug/pprof")).statusCode()).isEqualTo(404);
        assertThat(send(request("/debug/other")).statusCode()).isEqualTo(404);
    }

    @Test
    void debugRequestsCountsWhatComesInMeanwhile() throws Exception {
        CompletableFuture<HttpResponse<String>> profile =
                http.sendAsync(request("/debug/requests?seconds=1").build(), BodyHandlers.ofString());
        Awaitility.await().until(() -> {
            query("SHOW DATABASES");
            write("m v=1 1");
            return profile.isDone();
        });

        JsonNode counts = JSON.readTree(profile.get().body()).get("127.0.0.1");
        assertThat(counts.get("queries").asLong()).isPositive();
        assertThat(counts.get("writes").asLong()).isPositive();
        assertThat(send(request("/debug/requests?seconds=0")).body()).isEqualTo("{\n\n}\n");
        assertThat(send(request("/debug/requests?seconds=x")).body().strip())
                .isEqualTo("{\"error\":\"strconv.ParseInt: parsing \\\"x\\\": invalid syntax\"}");
        assertThat(send(request("/debug/requests?seconds=99999")).body().strip())
                .isEqualTo("{\"error\":\"exceeded maximum interval time: 99999s \\u003e 6h\"}");
    }

    @Test
    void statisticsAreKeptInADatabaseOfTheirOwn() throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(query("SELECT count(queriesExecuted) FROM _internal.monitor.queryExecutor"))
                                .contains("\"columns\":[\"time\",\"count\"]"));

        assertThat(query("SHOW RETENTION POLICIES ON _internal"))
                .contains("[\"monitor\",\"168h0m0s\",\"24h0m0s\",1,true]");
        assertThat(query("SHOW MEASUREMENTS ON _internal"))
                .contains("[\"cq\"],[\"database\"],[\"httpd\"],[\"queryExecutor\"],[\"runtime\"],[\"shard\"]");
        assertThat(query("SHOW TAG KEYS ON _internal FROM httpd")).contains("[[\"bind\"],[\"hostname\"]]");
        assertThat(query("SHOW FIELD KEYS ON _internal FROM cq"))
                .contains("[[\"queryFail\",\"integer\"],[\"queryOk\",\"integer\"]]");
        assertThat(series("SELECT queryOk FROM _internal.monitor.cq LIMIT 1")
                        .at("/0/values/0/0")
                        .asString())
                .as("a whole second")
                .hasSize("2006-01-02T15:04:05Z".length());
    }
}
