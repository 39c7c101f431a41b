package dev.sluice.query;

import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.SelectStatement;
import java.util.List;

/** Executes SELECT statements. Safe for use by many threads. */
public interface QueryEngine {

    /**
     * Executes a statement and pushes its series into the sink as they are found. INTO is not this engine's business: a
     * target is ignored.
     *
     * @throws QueryException when the statement is not valid, or something it names does not exist, or a limit ends it;
     *     series may have been pushed before
     */
    void execute(SelectStatement statement, QueryContext context, SeriesSink sink);

    /** The text lines EXPLAIN prints for a statement. */
    List<String> explain(SelectStatement statement, QueryContext context);

    /** Executes a statement, throws its rows away, and returns the text lines that EXPLAIN ANALYZE prints. */
    List<String> analyze(SelectStatement statement, QueryContext context);
}
