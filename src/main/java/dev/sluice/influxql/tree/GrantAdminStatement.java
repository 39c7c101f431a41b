package dev.sluice.influxql.tree;

/** GRANT ALL PRIVILEGES TO …. */
public record GrantAdminStatement(String user) implements Statement {

    @Override
    public String toString() {
        return UserFormatter.format(this);
    }
}
