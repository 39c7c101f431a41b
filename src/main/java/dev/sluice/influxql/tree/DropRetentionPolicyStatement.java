package dev.sluice.influxql.tree;

/** DROP RETENTION POLICY. */
public record DropRetentionPolicyStatement(String name, String database) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
