package dev.sluice.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Works on things of its own, one request after the other, and keeps the model of them. The request that was under way
 * when the service was killed has happened or has not.
 */
final class Worker {

    private static final long RETENTION_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Operations operations;
    private WorkerState state;
    private @Nullable Operation pending;
    private volatile boolean running;
    private volatile @Nullable String unexpected;
    private long acknowledged;

    Worker(String database, Random random) {
        this.operations = new Operations(random);
        this.state = new WorkerState(database);
    }

    long acknowledged() {
        return acknowledged;
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
            acknowledged++;
        }
    }

    /** Holds what the service has against the model, with and without the request that was under way. */
    void check(ServiceProcess service, String moment) throws IOException, InterruptedException {
        assertThat(unexpected).as("refused at %s", moment).isNull();
        TreeSet<String> facts = Facts.read(service, state.database);
        WorkerState with = state.copy();
        if (pending != null) {
            pending.effect().accept(with);
        }
        facts = awaitRetention(service, facts, with, moment);
        WorkerState without = state;
        without.expireIfDue();
        with.expireIfDue();
        if (facts.equals(with.facts())) {
            state = with;
        } else {
            report(facts, without, with, moment);
        }
        pending = null;
    }

    private TreeSet<String> awaitRetention(
            ServiceProcess service, TreeSet<String> first, WorkerState with, String moment)
            throws IOException, InterruptedException {
        TreeSet<String> facts = first;
        if (!state.hasExpired() && !with.hasExpired()) {
            return facts;
        }
        long deadline = System.nanoTime() + RETENTION_LIMIT_NANOS;
        String prefix = "point " + WorkerState.AGING + " ";
        TreeSet<String> known = with.facts();
        known.addAll(state.facts());
        while (facts.contains("policy " + WorkerState.AGING + " " + WorkerState.AN_HOUR)
                && facts.stream().anyMatch(fact -> fact.startsWith(prefix))) {
            assertThat(known)
                    .as("nothing expires back at %s", moment)
                    .containsAll(facts.stream()
                            .filter(fact -> fact.startsWith(prefix))
                            .toList());
            assertThat(System.nanoTime())
                    .as("expired points are gone, at %s", moment)
                    .isLessThan(deadline);
            Thread.sleep(100);
            facts = Facts.read(service, state.database);
        }
        return facts;
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
