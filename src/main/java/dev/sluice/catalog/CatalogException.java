package dev.sluice.catalog;

/** A change the catalogue refuses, or a thing it does not have; the message is InfluxDB's text for clients. */
public class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CatalogException(String message) {
        super(message);
    }

    /** {@code database not found: name}. */
    public static CatalogException databaseNotFound(String name) {
        return new CatalogException("database not found: " + name);
    }

    /** {@code retention policy not found: name}. */
    public static CatalogException retentionPolicyNotFound(String name) {
        return new CatalogException("retention policy not found: " + name);
    }
}
