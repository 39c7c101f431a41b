package dev.sluice.ingest;

import dev.sluice.catalog.CatalogException;
import dev.sluice.model.PointBatch;
import dev.sluice.storage.StorageException;
import java.util.function.Consumer;

/** Points that a client has sent into a database, after a check. Thread-safe. */
public final class PointIngest {

    private final PointWriter writer;

    public PointIngest(PointWriter writer) {
        this.writer = writer;
    }

    /**
     * Stores points and returns when they are durable.
     *
     * @param retentionPolicy name of a policy, or empty for the default one
     * @param check throws what it likes when the points may not be written; asked before any of them is
     * @throws WriteFailedException when the target does not exist (any more) or the store fails
     * @throws PartialWriteException when some points were left out; all others are stored
     */
    public void write(String database, String retentionPolicy, PointBatch points, Consumer<PointBatch> check) {
        check.accept(points);
        try {
            writer.write(database, retentionPolicy, points);
        } catch (CatalogException | StorageException fault) {
            throw new WriteFailedException(fault);
        }
    }
}
