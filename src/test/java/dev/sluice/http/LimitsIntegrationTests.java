package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The limits of section {@code [http]}, each reached. */
@Tag("integration")
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.max-connection-limit=5",
            "influxdb.http.max-concurrent-write-limit=1",
            "influxdb.http.max-enqueued-write-limit=1",
            "influxdb.http.enqueued-write-timeout=3s",
            "influxdb.http.max-body-size=1000"
        })
class LimitsIntegrationTests {

    private static final String SLOW_WRITE =
            "POST /write?db=d HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 7\r\n\r\n";

    @TempDir
    static Path folder;

    private final int port;

    LimitsIntegrationTests(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @BeforeEach
    void createDatabase() throws Exception {
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> send("POST /query?q=CREATE+DATABASE+d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Content-Length: 0\r\n\r\n")
                        .startsWith("HTTP/1.1 200"));
    }

    private String send(String request) throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(request);
            return connection.answer();
        }
    }

    private String write(String path, String lines) throws Exception {
        return send("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + lines.length()
                + "\r\n\r\n" + lines);
    }

    @Test
    void writeWhenOthersHoldEveryPlaceThenIsThrottled() throws Exception {
        try (RawConnection running = new RawConnection(port);
                RawConnection waiting = new RawConnection(port)) {
            running.send(SLOW_WRITE);
            Thread.sleep(300);
            waiting.send(SLOW_WRITE + "m v=2 2");
            Thread.sleep(300);

            assertThat(write("/write?db=d", "m v=3 3"))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .containsPattern("(?i)\r\nContent-Type: text/plain; ?charset=utf-8\r\n")
                    .containsIgnoringCase("\r\nX-Influxdb-Version: ")
                    .endsWith("\r\n\r\nrequest throttled, queue full\n");
            assertThat(write("/api/v1/prom/write?db=d", "\0"))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .endsWith("\r\n\r\nrequest throttled, queue full\n");
            assertThat(write("/api/v2/write?bucket=d", "m v=4 4")).startsWith("HTTP/1.1 204");
            assertThat(waiting.answer())
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .endsWith("\r\n\r\nrequest throttled, exceeds timeout\n");

            running.send("m v=1 1");
            assertThat(running.answer()).startsWith("HTTP/1.1 204");
        }
        assertThat(write("/write?db=d", "m v=5 5")).startsWith("HTTP/1.1 204");
    }

    /** A writer that never sends what it announced keeps its place only until the connection ends. */
    @Test
    void writeWhenTheOneBeforeGoesAwayThenTakesItsPlace() throws Exception {
        try (RawConnection running = new RawConnection(port)) {
            running.send(SLOW_WRITE);
            Thread.sleep(200);
        }
        assertThat(write("/write?db=d", "m v=5 5")).startsWith("HTTP/1.1 204");
    }

    @Test
    void connectionWhenThereAreTooManyThenIsClosedAtOnce() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                RawConnection connection = new RawConnection(port);
                open.add(connection);
                connection.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(connection.answer()).startsWith("HTTP/1.1 204");
            }
            try (RawConnection surplus = new RawConnection(port)) {
                assertThat(isClosed(surplus)).isTrue();
            }
            open.get(0).send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(open.get(0).answer()).startsWith("HTTP/1.1 204");
            open.remove(0).close();
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> send("GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .startsWith("HTTP/1.1 204"));
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    private static boolean isClosed(RawConnection connection) throws Exception {
        try {
            return connection.isEnded();
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void bodyWhenLargerThanAllowedThenRefused() throws Exception {
        String line = "m v=1 1\n";
        assertThat(write("/write?db=d", line.repeat(125))).startsWith("HTTP/1.1 204");
        assertThat(write("/write?db=d", line.repeat(125) + "#"))
                .startsWith("HTTP/1.1 413")
                .endsWith("{\"error\":\"Request Entity Too Large\"}\n");
        assertThat(write("/api/v2/write?bucket=d", line.repeat(126))).startsWith("HTTP/1.1 413");
    }
}
