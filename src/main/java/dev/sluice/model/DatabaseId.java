package dev.sluice.model;

/**
 * Identity of a database for the store. A database that is dropped and created again under its old name gets a new id,
 * so nothing of the old one can come back.
 *
 * @param value positive
 */
public record DatabaseId(long value) {

    public DatabaseId {
        if (value <= 0) {
            throw new IllegalArgumentException("database id must be positive: " + value);
        }
    }
}
