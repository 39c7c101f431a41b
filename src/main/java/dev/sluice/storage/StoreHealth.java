package dev.sluice.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a store takes writes, and whether it has all it once had.
 *
 * @param writable false once a write failed in a way that a later one could not make good
 * @param reason why it is not writable, for operators; null when it is
 * @param damages files that were found damaged since the start, and what was lost with them; for operators
 */
public record StoreHealth(boolean writable, @Nullable String reason, List<String> damages) {

    /** All is well. */
    public static final StoreHealth WRITABLE = new StoreHealth(true, null, List.of());

    /** A store that takes no writes for a reason. */
    public static StoreHealth readOnly(String reason) {
        return new StoreHealth(false, reason, List.of());
    }
}
