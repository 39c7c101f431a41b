package dev.sluice.ingest;

import dev.sluice.model.PointBatch;

/** Writes points to a database. Safe for use by many threads. */
public interface PointWriter {

    /**
     * Stores the points of a batch and returns when they are durable.
     *
     * @param database name of an existing database
     * @param retentionPolicy name of a policy, or empty for the default one
     * @throws PartialWriteException when some points were left out; all others are stored
     * @throws dev.sluice.catalog.CatalogException when the database or policy does not exist
     * @throws dev.sluice.storage.StorageException when nothing could be stored
     */
    void write(String database, String retentionPolicy, PointBatch points);
}
