package dev.sluice.influxql.tree;

/** SHOW SHARDS. */
public record ShowShardsStatement() implements Statement {

    @Override
    public String toString() {
        return "SHOW SHARDS";
    }
}
