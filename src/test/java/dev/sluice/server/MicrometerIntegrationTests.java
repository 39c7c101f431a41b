package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Micrometer's InfluxDB registry, as any Spring Boot application uses it: the service writes its own metrics to itself. */
@Tag("integration")
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.auth-enabled=true",
            "management.influx.metrics.export.enabled=true",
            "management.influx.metrics.export.db=metrics",
            "management.influx.metrics.export.user-name=admin",
            "management.influx.metrics.export.password=secret",
            "management.influx.metrics.export.step=1s"
        })
class MicrometerIntegrationTests {

    @TempDir
    private static Path folder;

    private static final int PORT = FreePorts.next();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
        properties.add("management.influx.metrics.export.uri", () -> "http://127.0.0.1:" + PORT);
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
        // The container image's variables, which make the admin on the first start.
        properties.add("INFLUXDB_ADMIN_USER", () -> "admin");
        properties.add("INFLUXDB_ADMIN_PASSWORD", () -> "secret");
    }

    private static String query(String statement) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/query?db=metrics&q="
                        + URLEncoder.encode(statement, StandardCharsets.UTF_8)))
                .header("Authorization", "Basic " + basic)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void metricsOfTheServiceArriveInTheService() throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(query(
                                        "SELECT last(value) FROM jvm_memory_used WHERE area = 'heap' GROUP BY area"))
                                .contains(
                                        "\"name\":\"jvm_memory_used\",\"tags\":{\"area\":\"heap\"},\"columns\":[\"time\",\"last\"]"));
        assertThat(query("SELECT last(value) FROM sluice_series")).contains("\"name\":\"sluice_series\"");
        assertThat(query("SELECT last(count) FROM sluice_store_syncs")).contains("\"name\":\"sluice_store_syncs\"");
    }
}
