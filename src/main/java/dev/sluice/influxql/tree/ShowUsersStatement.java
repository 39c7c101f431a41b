package dev.sluice.influxql.tree;

/** SHOW USERS. */
public record ShowUsersStatement() implements Statement {

    @Override
    public String toString() {
        return "SHOW USERS";
    }
}
