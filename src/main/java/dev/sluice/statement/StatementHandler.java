package dev.sluice.statement;

import dev.sluice.influxql.tree.Statement;

/**
 * Runs the statements of one kind. Safe for use by many threads.
 *
 * @param <S> the kind
 */
@FunctionalInterface
public interface StatementHandler<S extends Statement> {

    /**
     * Runs a statement and pushes its series into the execution's sink. Failures that are answers for the client are
     * thrown as the exception types of the features that found them.
     */
    void handle(S statement, Execution execution);
}
