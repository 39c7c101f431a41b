package dev.sluice.influxql.tree;

/** REVOKE ALL PRIVILEGES FROM …. */
public record RevokeAdminStatement(String user) implements Statement {

    @Override
    public String toString() {
        return UserFormatter.format(this);
    }
}
