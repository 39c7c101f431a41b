package dev.sluice.subscription;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.Subscription;
import dev.sluice.lineprotocol.PointLines;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends points to the destinations of subscriptions ("Manage subscriptions", InfluxDB 1.x). The catalogue says which there
 * are at every batch, so one that is made or dropped counts from the next write on. Safe for use by many threads.
 */
public final class SubscriptionDeliveries implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SubscriptionDeliveries.class.getName());

    private final Catalog catalog;
    private final SubscriptionOptions options;
    private final HttpClient client;
    private final Map<Key, Delivery> deliveries = new ConcurrentHashMap<>();
    private final LongAdder offered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder unusableDestinations = new LongAdder();
    private final ExecutorService senders = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sluice-subscriptions");
        thread.setDaemon(true);
        return thread;
    });

    private record Key(String database, String retentionPolicy, Subscription subscription) {}

    public SubscriptionDeliveries(Catalog catalog, SubscriptionOptions options) {
        this.catalog = catalog;
        this.options = options;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.httpTimeout())
                .sslContext(options.tls())
                .build();
    }

    /** Hands points to the subscriptions of a policy; returns at once. */
    void offer(String database, RetentionPolicy policy, PointLines lines) {
        for (Subscription subscription : policy.subscriptions()) {
            Key key = new Key(database, policy.name(), subscription);
            Delivery delivery = deliveries.get(key);
            if (delivery == null) {
                forgetDropped();
                delivery = deliveries.computeIfAbsent(key, this::open);
            }
            offered.increment();
            if (!delivery.offer(lines)) {
                dropped.increment();
            }
        }
    }

    private Delivery open(Key key) {
        List<Destination> destinations = new ArrayList<>();
        for (String url : key.subscription().destinations()) {
            destinations.add(destination(url));
        }
        return new Delivery(key.database(), key.retentionPolicy(), key.subscription(), destinations, senders, options);
    }

    private Destination destination(String url) {
        try {
            URI uri = new URI(url);
            return uri.getScheme().equalsIgnoreCase("udp")
                    ? new UdpDestination(uri)
                    : new HttpDestination(client, uri, options.httpTimeout());
        } catch (URISyntaxException | RuntimeException unusable) {
            unusableDestinations.increment();
            // What Go takes for a URL, java.net.URI does not always.
            LOG.log(Level.WARNING, "a destination cannot be used: {0}", unusable.getMessage());
            return (database, policy, lines) -> {
                throw new IOException("the URL cannot be used");
            };
        }
    }

    /** Lets go of subscriptions that are no more; what still waits for them is sent all the same. */
    private void forgetDropped() {
        Set<Key> present = new HashSet<>();
        for (Database database : catalog.databases()) {
            for (RetentionPolicy policy : database.retentionPolicies()) {
                policy.subscriptions()
                        .forEach(subscription -> present.add(new Key(database.name(), policy.name(), subscription)));
            }
        }
        deliveries.keySet().retainAll(present);
    }

    /** Figures of every destination that was written to. */
    public List<SubscriptionStatistics> statistics() {
        return deliveries.values().stream()
                .flatMap(delivery -> delivery.statistics().stream())
                .toList();
    }

    /** Batches that were handed to a subscription, whether or not its queue had room. */
    public long offeredCount() {
        return offered.sum();
    }

    /** Destinations that cannot be written to because of their URL. */
    public long unusableCount() {
        return unusableDestinations.sum();
    }

    /** Batches that found the queue of their subscription full. */
    public long droppedCount() {
        return dropped.sum();
    }

    /** Gives what waits a moment to be sent, then stops. */
    @Override
    public void close() {
        senders.shutdown();
        try {
            if (!senders.awaitTermination(2, TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException impatient) {
            senders.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
