package dev.sluice.ingest;

import dev.sluice.model.PointBatch;
import java.util.concurrent.atomic.LongAdder;

/** Counts what another writer writes, whoever asked for it: a client, SELECT INTO, a continuous query. Thread-safe. */
public final class CountingPointWriter implements PointWriter {

    private final PointWriter writer;
    private final LongAdder requests = new LongAdder();
    private final LongAdder points = new LongAdder();
    private final LongAdder droppedPoints = new LongAdder();
    private final LongAdder failedRequests = new LongAdder();

    public CountingPointWriter(PointWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(String database, String retentionPolicy, PointBatch batch) {
        requests.increment();
        points.add(batch.pointCount());
        boolean stored = false;
        try {
            writer.write(database, retentionPolicy, batch);
            stored = true;
        } catch (PartialWriteException partial) {
            stored = true;
            droppedPoints.add(partial.droppedPoints());
            throw partial;
        } finally {
            if (!stored) {
                failedRequests.increment();
            }
        }
    }

    /** Batches there were. */
    public long requestCount() {
        return requests.sum();
    }

    /** Points in them. */
    public long pointCount() {
        return points.sum();
    }

    /** Points that were left out while the rest of their batch was stored. */
    public long droppedPointCount() {
        return droppedPoints.sum();
    }

    /** Batches that were not stored. */
    public long failedRequestCount() {
        return failedRequests.sum();
    }
}
