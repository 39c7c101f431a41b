package dev.sluice.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Kills a service with SIGKILL again and again, under load and while it starts, and checks it after each start. */
public final class CrashRun {

    private static final int WORKERS = 4;

    /** Under load, a kill comes after at most so many requests, however long they take. */
    private static final int REQUESTS = 80;

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(20);

    /** One kill in so many happens while the service starts. */
    private static final int STARTS = 10;

    private CrashRun() {}

    /** Kills a service over a folder so many times; fails when something was lost or came back. */
    public static void run(Path folder, int kills, long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new Worker("w" + i, new Random(random.nextLong())));
        }
        try (ServiceProcess service = new ServiceProcess(
                folder, "--influxdb.data.cache-snapshot-memory-size=48k", "--influxdb.retention.check-interval=1s")) {
            service.start();
            for (int kill = 1; kill <= kills; kill++) {
                String moment = "kill " + kill + " of seed " + seed;
                if (random.nextInt(STARTS) == 0) {
                    service.kill();
                    service.launch();
                    Thread.sleep(random.nextInt(3000));
                } else {
                    load(service, workers, random);
                }
                service.kill();
                service.start();
                for (Worker worker : workers) {
                    worker.check(service, moment);
                }
                if (kill % 50 == 0) {
                    System.out.printf(
                            "%d kills of seed %d survived, %d requests acknowledged%n",
                            kill, seed, acknowledged(workers));
                }
            }
        }
        assertThat(acknowledged(workers)).as("requests that were acknowledged").isGreaterThan(kills);
    }

    private static long acknowledged(List<Worker> workers) {
        return workers.stream().mapToLong(Worker::acknowledged).sum();
    }

    private static void load(ServiceProcess service, List<Worker> workers, Random random) throws InterruptedException {
        long target = acknowledged(workers) + random.nextInt(REQUESTS);
        int moment = random.nextInt(50);
        List<Thread> threads =
                workers.stream().map(worker -> worker.start(service)).toList();
        long deadline = System.nanoTime() + LOAD_LIMIT.toNanos();
        while (acknowledged(workers) < target && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        Thread.sleep(moment);
        service.kill();
        for (Worker worker : workers) {
            worker.stop();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
