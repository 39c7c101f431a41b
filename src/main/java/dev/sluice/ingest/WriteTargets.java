package dev.sluice.ingest;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;

/** Says whether a write has somewhere to go, before its body is read. Thread-safe. */
public final class WriteTargets {

    private final Catalog catalog;

    public WriteTargets(Catalog catalog) {
        this.catalog = catalog;
    }

    public boolean databaseExists(String database) {
        return catalog.findDatabase(database).isPresent();
    }

    /**
     * Checks a policy of an existing database.
     *
     * @param retentionPolicy empty for the default one
     * @throws WriteFailedException when there is none of that name
     */
    public void checkRetentionPolicy(String database, String retentionPolicy) {
        try {
            catalog.findDatabase(database).ifPresent(found -> found.loadRetentionPolicy(retentionPolicy));
        } catch (CatalogException unknown) {
            throw new WriteFailedException(unknown);
        }
    }

    /**
     * Whether a database has a policy.
     *
     * @param retentionPolicy empty for the default one
     */
    public boolean retentionPolicyExists(String database, String retentionPolicy) {
        return catalog.findDatabase(database)
                .flatMap(found -> found.findRetentionPolicy(
                        retentionPolicy.isEmpty() ? found.defaultRetentionPolicy() : retentionPolicy))
                .isPresent();
    }
}
