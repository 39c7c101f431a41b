package dev.sluice.influxql.tree;

/** DROP CONTINUOUS QUERY. */
public record DropContinuousQueryStatement(String name, String database) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
