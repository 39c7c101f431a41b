package dev.sluice.http.meta;

import dev.sluice.account.Caller;
import dev.sluice.account.Origin;
import org.jspecify.annotations.Nullable;

/** Is told of every change that was asked of the meta API. Thread-safe; must not fail. */
@FunctionalInterface
public interface MetaObserver {

    /**
     * A change was made or refused.
     *
     * @param change what was asked for, without passwords and hashes
     * @param error why it was refused, or null
     */
    void changed(Caller caller, Origin origin, String change, @Nullable String error);
}
