package dev.sluice.influxql.tree;

import dev.sluice.model.Privilege;

/** GRANT … ON … TO …. */
public record GrantStatement(Privilege privilege, String database, String user) implements Statement {

    @Override
    public String toString() {
        return UserFormatter.format(this);
    }
}
