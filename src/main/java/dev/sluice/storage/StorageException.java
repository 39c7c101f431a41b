package dev.sluice.storage;

/** The store could not do what was asked because of its own state or its disk, not because of the request. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
