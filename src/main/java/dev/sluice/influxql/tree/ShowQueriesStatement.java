package dev.sluice.influxql.tree;

/** SHOW QUERIES. */
public record ShowQueriesStatement() implements Statement {

    @Override
    public String toString() {
        return "SHOW QUERIES";
    }
}
