package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;

/** What checking a call may ask of the statement around it. */
public interface ArgumentScope {

    /** Whether the statement groups by time(). */
    boolean groupsByTime();

    /** Whether that grouping is not its own but the outer statement's. */
    boolean inheritsInterval();

    /** LIMIT of the statement; 0 for none. */
    int limit();

    /**
     * Requires a field, a wildcard or a regex.
     *
     * @throws dev.sluice.query.QueryException {@code expected field argument in name()}
     */
    void checkField(String function, Expression argument);

    /** Checks a call inside another, and what it contains. */
    void checkNested(Call inner);

    /** Notes a field or tag that a call reads beside its first argument ({@code top(v, tag, n)}). */
    void noteAuxiliary();
}
