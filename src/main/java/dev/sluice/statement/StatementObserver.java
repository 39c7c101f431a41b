package dev.sluice.statement;

import dev.sluice.influxql.tree.Statement;
import org.jspecify.annotations.Nullable;

/** Is told of every statement that was to change something. Thread-safe; must not fail. */
@FunctionalInterface
public interface StatementObserver {

    /** Looks away. */
    StatementObserver NONE = (request, statement, error) -> {};

    /**
     * A statement has run.
     *
     * @param statement prints without passwords
     * @param error what it failed with, or null
     */
    void changed(StatementRequest request, Statement statement, @Nullable String error);
}
