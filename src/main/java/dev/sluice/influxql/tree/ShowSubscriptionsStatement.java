package dev.sluice.influxql.tree;

/** SHOW SUBSCRIPTIONS. */
public record ShowSubscriptionsStatement() implements Statement {

    @Override
    public String toString() {
        return "SHOW SUBSCRIPTIONS";
    }
}
