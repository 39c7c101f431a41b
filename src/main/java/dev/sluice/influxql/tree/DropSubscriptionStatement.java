package dev.sluice.influxql.tree;

/** DROP SUBSCRIPTION. */
public record DropSubscriptionStatement(String name, String database, String retentionPolicy) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
