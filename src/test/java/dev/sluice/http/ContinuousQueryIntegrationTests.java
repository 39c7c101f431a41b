package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.HttpApi.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A continuous query by the clock, from its definition to the points it leaves. */
@Tag("integration")
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "influxdb.continuous-queries.run-interval=100ms"})
class ContinuousQueryIntegrationTests {

    @TempDir
    private static Path folder;

    private final HttpApi api;

    ContinuousQueryIntegrationTests(@LocalServerPort int port) {
        this.api = new HttpApi(port);
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @Test
    void resultsAreWrittenByMeasurementAndTag() {
        api.query("", "CREATE DATABASE d");
        assertThat(api.query(
                                "d",
                                "CREATE CONTINUOUS QUERY \"means\" ON d RESAMPLE EVERY 1s FOR 1h BEGIN SELECT mean(v) INTO"
                                        + " d.autogen.:MEASUREMENT FROM /^source/ GROUP BY time(1h), host END; DROP"
                                        + " CONTINUOUS QUERY \"means\" ON d; CREATE CONTINUOUS QUERY means ON d RESAMPLE"
                                        + " EVERY 1s FOR 2h BEGIN SELECT mean(v) INTO averages FROM source WHERE time >"
                                        + " now() GROUP BY time(1h), host fill(none) END")
                        .body())
                .isEqualTo("{\"results\":[{\"statement_id\":0},{\"statement_id\":1},{\"statement_id\":2}]}");
        assertThat(api.query("d", "SHOW CONTINUOUS QUERIES").body())
                .contains(
                        "[\"means\",\"CREATE CONTINUOUS QUERY means ON d RESAMPLE EVERY 1s FOR 2h BEGIN SELECT mean(v)"
                                + " INTO d.autogen.averages FROM d.autogen.source WHERE time \\u003e now() GROUP BY time(1h), host"
                                + " fill(none) END\"]");
        api.write("db=d", "source,host=a v=1\nsource,host=a v=3\nsource,host=b v=5\nother v=1");

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Answer sum = api.query("d", "SELECT sum(mean) FROM averages GROUP BY host");
            assertThat(sum.body())
                    .contains("\"tags\":{\"host\":\"a\"},\"columns\":[\"time\",\"sum\"],\"values\":[[0,")
                    .contains("\"tags\":{\"host\":\"b\"}");
        });

        api.query("d", "DROP CONTINUOUS QUERY means ON d");
        assertThat(api.query("d", "SHOW CONTINUOUS QUERIES").body()).doesNotContain("CREATE");
    }
}
