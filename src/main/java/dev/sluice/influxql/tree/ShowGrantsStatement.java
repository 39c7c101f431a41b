package dev.sluice.influxql.tree;

/** SHOW GRANTS FOR …. */
public record ShowGrantsStatement(String user) implements Statement {

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
