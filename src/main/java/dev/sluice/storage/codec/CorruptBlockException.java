package dev.sluice.storage.codec;

import dev.sluice.storage.StorageException;

/** Bytes that are not what was once written. */
public final class CorruptBlockException extends StorageException {

    private static final long serialVersionUID = 1L;

    public CorruptBlockException(String message) {
        super(message);
    }
}
