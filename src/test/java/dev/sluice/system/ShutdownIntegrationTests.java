package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, asked to stop by SIGTERM as service managers do. */
@Tag("integration")
class ShutdownIntegrationTests {

    private static final int TERMINATED = 128 + 15;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @Test
    void aStopAnswersWhatIsUnderWayAndKeepsWhatWasAcknowledged() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try (ServiceProcess service = new ServiceProcess(folder)) {
            service.start();
            service.query("", "CREATE DATABASE db");
            Callable<HttpResponse<String>> profile = () -> service.send("GET", "/debug/requests?seconds=3600", "");
            Future<HttpResponse<String>> profiled = clients.submit(profile);
            AtomicInteger acknowledged = new AtomicInteger();
            Future<?> written = clients.submit(() -> {
                write(service, acknowledged);
                return null;
            });
            while (acknowledged.get() < 50) {
                TimeUnit.MILLISECONDS.sleep(1);
            }

            Instant asked = Instant.now();
            assertThat(service.terminate()).isEqualTo(TERMINATED);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(LIMIT);
            assertThat(profiled.get(1, TimeUnit.SECONDS).body())
                    .matches("(?s)\\{\\n\"127\\.0\\.0\\.1\": \\{\"writes\":[1-9].*");
            written.get(1, TimeUnit.SECONDS);

            service.start();
            assertThat(service.csv("db", "SELECT count(v) FROM m").lines().skip(1))
                    .allSatisfy(row -> assertThat(Integer.parseInt(row.substring(row.lastIndexOf(',') + 1)))
                            .isBetween(acknowledged.get(), acknowledged.get() + 1));
        } finally {
            clients.shutdownNow();
        }
    }

    /** Writes points one by one until the service takes no more. */
    private static void write(ServiceProcess service, AtomicInteger acknowledged) throws InterruptedException {
        try {
            while (service.send("POST", "/write?db=db", "m v=1 " + (acknowledged.get() + 1))
                            .statusCode()
                    == 204) {
                acknowledged.incrementAndGet();
            }
        } catch (IOException stopped) {
            // It listens no more.
        }
    }
}
