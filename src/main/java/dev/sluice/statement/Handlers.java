package dev.sluice.statement;

import dev.sluice.influxql.tree.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which handler runs which kind of statement. Filled once, before use. */
public final class Handlers {

    private final Map<Class<? extends Statement>, StatementHandler<?>> byKind = new HashMap<>();

    /**
     * Names the handler of a kind.
     *
     * @throws IllegalArgumentException when the kind has one already
     */
    public <S extends Statement> Handlers put(Class<S> kind, StatementHandler<S> handler) {
        if (byKind.putIfAbsent(kind, handler) != null) {
            throw new IllegalArgumentException("two handlers for " + kind.getSimpleName());
        }
        return this;
    }

    /** The kinds that have a handler. */
    public Set<Class<? extends Statement>> kinds() {
        return Set.copyOf(byKind.keySet());
    }

    @SuppressWarnings("unchecked")
    void handle(Statement statement, Execution execution) {
        StatementHandler<Statement> handler = (StatementHandler<Statement>) byKind.get(statement.getClass());
        if (handler == null) {
            throw new IllegalStateException(
                    "no handler for " + statement.getClass().getSimpleName());
        }
        handler.handle(statement, execution);
    }
}
