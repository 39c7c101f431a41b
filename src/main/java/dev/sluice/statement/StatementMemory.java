package dev.sluice.statement;

import dev.sluice.account.Caller;
import dev.sluice.query.MemoryAccount;

/** Opens the account of a statement that keeps what it finds until it answers. Thread-safe. */
@FunctionalInterface
public interface StatementMemory {

    /** Whatever it takes. */
    StatementMemory UNLIMITED = caller -> MemoryAccount.UNLIMITED.openQuery(0);

    /** An account within what the caller may keep; whoever asks closes it. */
    MemoryAccount open(Caller caller);
}
