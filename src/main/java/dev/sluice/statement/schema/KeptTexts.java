package dev.sluice.statement.schema;

import dev.sluice.query.MemoryAccount;
import dev.sluice.statement.Execution;
import dev.sluice.statement.StatementMemory;

/**
 * Notes the texts that a statement keeps while it goes through series, and looks now and then whether it is still wanted.
 * Belongs to one thread.
 */
final class KeptTexts implements AutoCloseable {

    /** A text in a set or a list, before and after it became a cell of a column. */
    private static final int TEXT_BYTES = 100;

    private static final int SERIES_BETWEEN_CHECKS = 1024;

    private final Execution execution;
    private final MemoryAccount account;
    private final MemoryAccount.Buffer size;
    private int series;

    KeptTexts(Execution execution, StatementMemory memory) {
        this.execution = execution;
        this.account = memory.open(execution.caller());
        this.size = account.buffer();
    }

    /**
     * Called for each series.
     *
     * @throws dev.sluice.query.QueryException when the statement is to end
     */
    void nextSeries() {
        if (++series % SERIES_BETWEEN_CHECKS == 0) {
            execution.cancellation().check();
        }
    }

    /**
     * Called for each text that is kept.
     *
     * @throws dev.sluice.query.QueryException when that is more than there may be
     */
    void keep(String text) {
        size.grow(TEXT_BYTES + 2L * text.length());
    }

    /** What was kept is not any more. */
    void clear() {
        size.setSize(0);
    }

    @Override
    public void close() {
        size.close();
        account.close();
    }
}
