package dev.sluice.influxql.tree;

/** ALTER RETENTION POLICY. */
public record AlterRetentionPolicyStatement(
        String name, String database, RetentionPolicyOptions options, boolean makeDefault) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
