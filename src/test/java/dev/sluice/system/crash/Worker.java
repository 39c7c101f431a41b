package dev.sluice.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Works on things of its own, one request after the other, and keeps the model of them. The request that was under way
 * when the service was killed has happened or has not.
 */
final class Worker {

    private static final long RETENTION_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Operations operations;
    private WorkerState state;
    private @Nullable Operation pending;
    private volatile boolean running;
    private volatile @Nullable String unexpected;
    private final AtomicLong acknowledged = new AtomicLong();

    Worker(String database, Random random) {
        this.operations = new Operations(random);
        this.state = new WorkerState(database);
    }

    long acknowledged() {
        return acknowledged.get();
    }

    Thread start(ServiceProcess service) {
        running = true;
        Thread thread = new Thread(() -> work(service), state.database);
        thread.start();
        return thread;
    }

    void stop() {
        running = false;
    }

    private void work(ServiceProcess service) {
        while (running) {
            Operation next = operations.next(state);
            pending = next;
            try {
                HttpResponse<String> answer = service.send("POST", next.path(), next.body());
                if (answer.statusCode() >= 300 || answer.body().contains("error")) {
                    unexpected =
                            next.path() + " " + next.body().lines().findFirst().orElse("") + ": " + answer.statusCode()
                                    + " " + answer.body();
                    return;
                }
            } catch (IOException killed) {
                return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            next.effect().accept(state);
            pending = null;
            acknowledged.incrementAndGet();
        }
    }

    /** Holds what the service has against the model, with and without the request that was under way. */
    void check(ServiceProcess service, String moment) throws IOException, InterruptedException {
        assertThat(unexpected).as("refused at %s", moment).isNull();
        WorkerState without = state;
        WorkerState with = state.copy();
        if (pending != null) {
            pending.effect().accept(with);
        }
        TreeSet<String> facts = without.hasExpired() || with.hasExpired()
                ? awaitRetention(service, without, with, moment)
                : Facts.read(service, state.database);
        if (facts.equals(with.facts())) {
            state = with;
        } else {
            report(facts, without, with, moment);
        }
        pending = null;
    }

    /**
     * Waits until what has expired is gone: first its points leave, shard group by shard group, and then the series that
     * have no others. What the models hold afterwards is without it.
     */
    private TreeSet<String> awaitRetention(ServiceProcess service, WorkerState without, WorkerState with, String moment)
            throws IOException, InterruptedException {
        TreeSet<String> known = with.facts();
        known.addAll(without.facts());
        without.expireIfDue();
        with.expireIfDue();
        long deadline = System.nanoTime() + RETENTION_LIMIT_NANOS;
        while (true) {
            TreeSet<String> facts = Facts.read(service, state.database);
            if (facts.equals(with.facts()) || facts.equals(without.facts())) {
                return facts;
            }
            assertThat(facts.stream().filter(fact -> !fact.startsWith("policy ") && !known.contains(fact)))
                    .as("there against all expectation at %s", moment)
                    .isEmpty();
            if (System.nanoTime() > deadline) {
                return facts;
            }
            Thread.sleep(100);
        }
    }

    private static void report(TreeSet<String> facts, WorkerState without, WorkerState with, String moment) {
        TreeSet<String> expected = without.facts();
        if (facts.equals(expected)) {
            return;
        }
        TreeSet<String> lost = new TreeSet<>(expected);
        lost.removeAll(facts);
        lost.retainAll(with.facts());
        TreeSet<String> back = new TreeSet<>(facts);
        back.removeAll(expected);
        back.removeAll(with.facts());
        assertThat(lost).as("lost at %s", moment).isEmpty();
        assertThat(back).as("there against all expectation at %s", moment).isEmpty();
        assertThat(facts).as("half a request at %s", moment).isIn(expected, with.facts());
    }
}
