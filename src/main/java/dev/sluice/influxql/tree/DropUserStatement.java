package dev.sluice.influxql.tree;

/** DROP USER. */
public record DropUserStatement(String name) implements Statement {

    @Override
    public String toString() {
        return UserFormatter.format(this);
    }
}
