package dev.sluice.subscription;

import dev.sluice.catalog.Subscription;
import dev.sluice.lineprotocol.PointLines;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits for the destinations of one subscription and who sends it. {@code ALL} sends each batch to every
 * destination; {@code ANY} to one, the next in turn, and to others when that fails. Nothing is tried twice. Safe for use
 * by many threads.
 */
final class Delivery {

    private static final Logger LOG = System.getLogger(Delivery.class.getName());

    private final String database;
    private final String retentionPolicy;
    private final Subscription subscription;
    private final List<Destination> destinations;
    private final LongAdder[] written;
    private final LongAdder[] failed;
    private final Executor senders;
    private final int concurrency;
    private final Queue<PointLines> waiting;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param destinations those that the subscription names, in order
     * @param senders runs what sends, each on a thread of its own
     */
    Delivery(
            String database,
            String retentionPolicy,
            Subscription subscription,
            List<Destination> destinations,
            Executor senders,
            SubscriptionOptions options) {
        this.database = database;
        this.retentionPolicy = retentionPolicy;
        this.subscription = subscription;
        this.destinations = List.copyOf(destinations);
        this.senders = senders;
        this.concurrency = options.writeConcurrency();
        this.waiting = new ArrayBlockingQueue<>(options.writeBufferSize());
        this.written = adders(destinations.size());
        this.failed = adders(destinations.size());
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** Puts a batch in the queue; returns at once, and false when there is no room and the batch is dropped. */
    boolean offer(PointLines lines) {
        if (!waiting.offer(lines)) {
            return false;
        }
        startSender();
        return true;
    }

    private void startSender() {
        int running = active.get();
        while (running < concurrency) {
            if (active.compareAndSet(running, running + 1)) {
                try {
                    senders.execute(this::sendWaiting);
                } catch (RejectedExecutionException closing) {
                    active.decrementAndGet();
                }
                return;
            }
            running = active.get();
        }
    }

    private void sendWaiting() {
        try {
            for (PointLines lines = waiting.poll(); lines != null; lines = waiting.poll()) {
                send(lines);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            active.decrementAndGet();
        }
        // One that came between the last look and the farewell has found every sender busy.
        if (!waiting.isEmpty() && !Thread.currentThread().isInterrupted()) {
            startSender();
        }
    }

    private void send(PointLines lines) throws InterruptedException {
        boolean any = subscription.mode().equals("ANY");
        int first = any ? Math.floorMod(turn.getAndIncrement(), destinations.size()) : 0;
        for (int i = 0; i < destinations.size(); i++) {
            if (sendTo((first + i) % destinations.size(), lines) && any) {
                return;
            }
        }
    }

    private boolean sendTo(int number, PointLines lines) throws InterruptedException {
        try {
            destinations.get(number).send(database, retentionPolicy, lines);
            written[number].add(lines.count());
            return true;
        } catch (IOException | RuntimeException unreachable) {
            failed[number].increment();
            LOG.log(
                    Level.INFO,
                    "subscription {0} on {1}.{2}: {3} points did not reach destination {4}: {5}",
                    subscription.name(),
                    database,
                    retentionPolicy,
                    lines.count(),
                    number + 1,
                    String.valueOf(unreachable.getMessage()));
            return false;
        }
    }

    /** Figures of each destination. */
    List<SubscriptionStatistics> statistics() {
        SubscriptionStatistics[] all = new SubscriptionStatistics[destinations.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new SubscriptionStatistics(
                    database,
                    retentionPolicy,
                    subscription.name(),
                    subscription.mode(),
                    subscription.destinations().get(i),
                    written[i].sum(),
                    failed[i].sum());
        }
        return List.of(all);
    }
}
