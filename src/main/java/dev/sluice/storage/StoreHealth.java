package dev.sluice.storage;

import org.jspecify.annotations.Nullable;

/**
 * Whether a store takes writes.
 *
 * @param writable false once a write failed in a way that a later one could not make good
 * @param reason why it is not writable, for operators; null when it is
 */
public record StoreHealth(boolean writable, @Nullable String reason) {

    /** All is well. */
    public static final StoreHealth WRITABLE = new StoreHealth(true, null);
}
