package dev.sluice.influxql.tree;

/** SHOW DATABASES. */
public record ShowDatabasesStatement() implements Statement {

    @Override
    public String toString() {
        return "SHOW DATABASES";
    }
}
