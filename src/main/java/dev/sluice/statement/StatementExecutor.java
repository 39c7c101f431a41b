package dev.sluice.statement;

import java.util.function.BooleanSupplier;

/** Runs the statements of a request. Safe for use by many threads. */
public interface StatementExecutor {

    /**
     * Runs the statements in order and pushes their results into the sink. After the first that fails, the others answer
     * {@code not executed} (1.9+). The caller has authorized the request.
     *
     * @param disconnected asked now and then; true once nobody waits for the answer any more, which ends the query
     */
    void execute(StatementRequest request, ResultSink sink, BooleanSupplier disconnected);
}
