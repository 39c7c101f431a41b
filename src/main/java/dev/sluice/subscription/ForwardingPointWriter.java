package dev.sluice.subscription;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.ingest.PartialWriteException;
import dev.sluice.ingest.PointWriter;
import dev.sluice.lineprotocol.LineProtocolWriter;
import dev.sluice.lineprotocol.PointLines;
import dev.sluice.model.PointBatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes points and then hands them to the subscriptions of their retention policy, whoever wrote them: a client, SELECT
 * INTO, a continuous query. Points that the store refused go along, as in InfluxDB 1.x; a write that failed as a whole
 * sends nothing.
 */
public final class ForwardingPointWriter implements PointWriter {

    private final PointWriter writer;
    private final Catalog catalog;
    private final SubscriptionDeliveries deliveries;

    public ForwardingPointWriter(PointWriter writer, Catalog catalog, SubscriptionDeliveries deliveries) {
        this.writer = writer;
        this.catalog = catalog;
        this.deliveries = deliveries;
    }

    @Override
    public void write(String database, String retentionPolicy, PointBatch points) {
        RetentionPolicy policy = policy(database, retentionPolicy);
        if (policy == null || policy.subscriptions().isEmpty()) {
            writer.write(database, retentionPolicy, points);
            return;
        }
        // Before the writer sees them: it may hide fields.
        PointLines lines = LineProtocolWriter.write(points);
        try {
            writer.write(database, retentionPolicy, points);
        } catch (PartialWriteException partial) {
            deliveries.offer(database, policy, lines);
            throw partial;
        }
        deliveries.offer(database, policy, lines);
    }

    private @Nullable RetentionPolicy policy(String database, String name) {
        Optional<Database> found = catalog.findDatabase(database);
        if (found.isEmpty()) {
            return null;
        }
        String wanted = name.isEmpty() ? found.get().defaultRetentionPolicy() : name;
        return found.get().findRetentionPolicy(wanted).orElse(null);
    }
}
