package dev.sluice.influxql.tree;

/** A SELECT in parentheses behind FROM. */
public record SubQuery(SelectStatement statement) implements Source {

    @Override
    public String toString() {
        return SelectFormatter.format(this);
    }
}
