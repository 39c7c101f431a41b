package dev.sluice.statement;

import dev.sluice.catalog.CatalogException;
import dev.sluice.influxql.tree.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Which handler runs which kind of statement. Filled once, before use. */
public final class Handlers {

    private final Map<Class<? extends Statement>, StatementHandler<?>> byKind = new HashMap<>();
    private final Map<Class<? extends Statement>, BiFunction<?, Execution, Statement>> descriptions = new HashMap<>();

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

    /**
     * Names how a kind is printed where a message quotes a statement. Others are printed as they are.
     *
     * @param description gives a statement of the same meaning; whatever it throws leaves the statement as it is
     */
    <S extends Statement> Handlers describe(Class<S> kind, BiFunction<S, Execution, Statement> description) {
        descriptions.put(kind, description);
        return this;
    }

    @SuppressWarnings("unchecked")
    String describe(Statement statement, Execution execution) {
        BiFunction<Statement, Execution, Statement> description =
                (BiFunction<Statement, Execution, Statement>) descriptions.get(statement.getClass());
        try {
            return description == null
                    ? statement.toString()
                    : description.apply(statement, execution).toString();
        } catch (CatalogException | StatementException gone) {
            return statement.toString();
        }
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
