package dev.sluice.influxql.tree;

/** DROP DATABASE. */
public record DropDatabaseStatement(String name) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
