package dev.sluice.influxql.privilege;

import dev.sluice.influxql.tree.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What each kind of statement needs. Not thread-safe while rules are added, thread-safe afterwards.
 *
 * @param <R> what is needed
 */
final class StatementRules<R> {

    private final Map<Class<? extends Statement>, Function<Statement, List<R>>> byStatement = new HashMap<>();

    /** Adds the rule of one kind. */
    <S extends Statement> void add(Class<S> type, Function<S, List<R>> rule) {
        byStatement.put(type, statement -> rule.apply(type.cast(statement)));
    }

    /** Adds one rule for several kinds. */
    void addAll(List<Class<? extends Statement>> types, Function<? super Statement, List<R>> rule) {
        types.forEach(type -> byStatement.put(type, rule::apply));
    }

    /** What the statement needs. */
    List<R> of(Statement statement) {
        Function<Statement, List<R>> rule = byStatement.get(statement.getClass());
        if (rule == null) {
            throw new IllegalStateException(
                    "no rule for " + statement.getClass().getSimpleName());
        }
        return rule.apply(statement);
    }

    /** The kinds there are rules for. */
    Set<Class<? extends Statement>> statements() {
        return byStatement.keySet();
    }
}
