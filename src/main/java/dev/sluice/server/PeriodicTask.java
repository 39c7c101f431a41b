package dev.sluice.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is done again and again in a thread of its own until it is closed; one failure does not end it. */
final class PeriodicTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

    private final ScheduledExecutorService thread;

    private PeriodicTask(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** Runs a task for the first time after one interval. */
    static PeriodicTask every(long intervalNanos, String name, Runnable task) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, name);
            created.setDaemon(true);
            return created;
        });
        executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException failed) {
                        LOG.error("{} failed and is tried again later: {}", name, failed.getMessage(), failed);
                    }
                },
                intervalNanos,
                intervalNanos,
                TimeUnit.NANOSECONDS);
        return new PeriodicTask(executor);
    }

    /** A task that is switched off. */
    static PeriodicTask none() {
        ScheduledExecutorService idle = Executors.newSingleThreadScheduledExecutor();
        idle.shutdown();
        return new PeriodicTask(idle);
    }

    /** Lets a run that is under way end, and starts no other. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }
}
