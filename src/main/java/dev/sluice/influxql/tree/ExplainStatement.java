package dev.sluice.influxql.tree;

/** EXPLAIN [ANALYZE] [VERBOSE] SELECT. */
public record ExplainStatement(SelectStatement statement, boolean analyze, boolean verbose) implements Statement {

    @Override
    public String toString() {
        return SelectFormatter.format(this);
    }
}
