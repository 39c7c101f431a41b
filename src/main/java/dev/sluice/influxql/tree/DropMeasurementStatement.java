package dev.sluice.influxql.tree;

/** DROP MEASUREMENT. */
public record DropMeasurementStatement(String name) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
