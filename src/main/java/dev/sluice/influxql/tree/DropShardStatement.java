package dev.sluice.influxql.tree;

/** DROP SHARD. */
public record DropShardStatement(long shardId) implements Statement {

    @Override
    public String toString() {
        return "DROP SHARD " + shardId;
    }
}
