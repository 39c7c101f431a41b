package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.statement.StatementExecutor;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A query whose client goes away before it has a row to send. */
@Tag("integration")
@Timeout(60)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class DisconnectIntegrationTests {

    private static final CountDownLatch CANCELLED = new CountDownLatch(1);
    private static final Semaphore RUNNING = new Semaphore(0);
    private static final AtomicBoolean FINISH = new AtomicBoolean();

    @TempDir
    static Path folder;

    private final int port;

    DisconnectIntegrationTests(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    /** Computes for the database "slow" until it is cancelled or told to go on. */
    @TestConfiguration(proxyBeanMethods = false)
    static class SlowQueries {

        @Bean
        @Primary
        StatementExecutor slowExecutor(@Qualifier("statementExecutor") StatementExecutor executor) {
            return (request, sink, disconnected) -> {
                if (request.database().equals("slow")) {
                    RUNNING.release();
                    while (!FINISH.get()) {
                        if (disconnected.getAsBoolean()) {
                            CANCELLED.countDown();
                            return;
                        }
                        Thread.onSpinWait();
                    }
                }
                executor.execute(request, sink, disconnected);
            };
        }
    }

    @Test
    void queryWhenClientGoesAwayThenIsCancelled() throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("POST /query?db=slow HTTP/1.1\r\nHost: x\r\nContent-Length: 16\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\nq=SHOW+DATABASES");
            assertThat(RUNNING.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(CANCELLED.await(500, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(CANCELLED.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** The look at the connection finds the beginning of the next request, which must not be lost. */
    @Test
    void queryWhenNextRequestComesEarlyThenBothAreAnswered() throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("GET /query?db=slow&q=%3B HTTP/1.1\r\nHost: x\r\nAccept: application/csv\r\n\r\n");
            assertThat(RUNNING.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            connection.send("GET /ping?verbose=1 HTTP/1.1\r\nHost: x\r\n");
            Thread.sleep(500);
            connection.send("X: " + "y".repeat(2000) + "\r\n\r\n");
            Thread.sleep(500);
            FINISH.set(true);

            String first = connection.head();
            assertThat(first).startsWith("HTTP/1.1 200");
            if (first.contains("chunked")) {
                assertThat(connection.line()).isEqualTo("0");
                assertThat(connection.line()).isEmpty();
            }
            assertThat(connection.answer()).startsWith("HTTP/1.1 200").endsWith("{\"version\":\"1.8.10\"}");
        } finally {
            FINISH.set(false);
        }
    }
}
