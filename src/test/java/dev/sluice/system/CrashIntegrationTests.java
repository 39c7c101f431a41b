package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service again and again while it is written to: whatever it acknowledged is there afterwards. */
@Tag("integration")
class CrashIntegrationTests {

    private static final int KILLS = 20;
    private static final int WRITERS = 3;
    private static final int LINES = 20;

    @TempDir
    private Path folder;

    /** Writes points one batch after the other and counts those that were acknowledged. */
    private static final class Writer implements Runnable {

        private final ServiceProcess service;
        private final int number;
        private final AtomicBoolean running;
        private final AtomicInteger acknowledgedBatches;

        Writer(ServiceProcess service, int number, AtomicBoolean running, AtomicInteger acknowledgedBatches) {
            this.service = service;
            this.number = number;
            this.running = running;
            this.acknowledgedBatches = acknowledgedBatches;
        }

        @Override
        public void run() {
            while (running.get()) {
                int batch = acknowledgedBatches.get();
                StringBuilder lines = new StringBuilder();
                for (int line = 0; line < LINES; line++) {
                    int point = batch * LINES + line;
                    lines.append("load,writer=")
                            .append(number)
                            .append(" value=")
                            .append(point)
                            .append("i,text=\"p")
                            .append(point)
                            .append("\" ")
                            .append(1_000_000_000L * (point + 1))
                            .append('\n');
                }
                try {
                    if (service.send("POST", "/write?db=crash", lines.toString())
                                    .statusCode()
                            == 204) {
                        acknowledgedBatches.incrementAndGet();
                    }
                } catch (IOException killed) {
                    return;
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @Test
    void killWhileWritingLosesNothingAcknowledged() throws Exception {
        Random random = new Random(20_161_101);
        List<AtomicInteger> acknowledged = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            acknowledged.add(new AtomicInteger());
        }
        List<String> users = new ArrayList<>();
        try (ServiceProcess service = new ServiceProcess(folder)) {
            service.start();
            assertThat(service.query("", "CREATE DATABASE crash")).doesNotContain("error");
            for (int kill = 1; kill <= KILLS; kill++) {
                AtomicBoolean running = new AtomicBoolean(true);
                List<Thread> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    Thread writer = new Thread(new Writer(service, i, running, acknowledged.get(i)));
                    writers.add(writer);
                    writer.start();
                }
                String user = "user" + kill;
                String answer =
                        service.query("", "CREATE USER " + user + " WITH PASSWORD 'p'; GRANT READ ON crash TO " + user);
                assertThat(answer).doesNotContain("error");
                users.add(user);
                Thread.sleep(random.nextInt(400));
                service.kill();
                running.set(false);
                for (Thread writer : writers) {
                    writer.join();
                }
                service.start();
                check(service, acknowledged, users);
            }
        }
        assertThat(acknowledged).allSatisfy(batches -> assertThat(batches.get()).isGreaterThan(KILLS));
    }

    private static void check(ServiceProcess service, List<AtomicInteger> acknowledged, List<String> users)
            throws Exception {
        for (int i = 0; i < acknowledged.size(); i++) {
            long points = (long) acknowledged.get(i).get() * LINES;
            String answer = service.query(
                    "crash",
                    "SELECT count(value), sum(value), count(text) FROM load WHERE writer = '" + i + "' AND value < "
                            + points);
            if (points > 0) {
                assertThat(answer)
                        .contains("\"values\":[[0," + points + "," + points * (points - 1) / 2 + "," + points + "]]");
            }
        }
        String shown = service.query("", "SHOW USERS");
        for (String user : users) {
            assertThat(shown).contains("[\"" + user + "\",false]");
        }
        assertThat(service.query("", "SHOW GRANTS FOR " + users.get(users.size() - 1)))
                .contains("[\"crash\",\"READ\"]");
    }
}
