package dev.sluice.influxql.tree;

/** SHOW SHARD GROUPS. */
public record ShowShardGroupsStatement() implements Statement {

    @Override
    public String toString() {
        return "SHOW SHARD GROUPS";
    }
}
