package dev.sluice.catalog;

/**
 * A change that was allowed and could not be kept. Whether it is kept after all is open until the next change, which
 * first reads what the store has.
 */
public class CatalogUnavailableException extends CatalogException {

    private static final long serialVersionUID = 1L;

    public CatalogUnavailableException(Throwable cause) {
        super("metadata store is not available");
        initCause(cause);
    }
}
