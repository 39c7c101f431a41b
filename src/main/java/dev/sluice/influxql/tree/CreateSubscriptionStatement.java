package dev.sluice.influxql.tree;

import java.util.List;

/** CREATE SUBSCRIPTION. */
public record CreateSubscriptionStatement(
        String name, String database, String retentionPolicy, Mode mode, List<String> destinations)
        implements Statement {

    public CreateSubscriptionStatement {
        destinations = List.copyOf(destinations);
    }

    /** How points spread over destinations. */
    public enum Mode {
        /** Every destination gets every point. */
        ALL,
        /** Each batch of points goes to one of them, in turn. */
        ANY
    }

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
