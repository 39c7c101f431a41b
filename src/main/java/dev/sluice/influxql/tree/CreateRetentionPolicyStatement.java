package dev.sluice.influxql.tree;

/** CREATE RETENTION POLICY; duration and replication are always present in the options. */
public record CreateRetentionPolicyStatement(
        String name, String database, RetentionPolicyOptions options, boolean makeDefault) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
