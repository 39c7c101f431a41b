package dev.sluice.influxql.tree;

import dev.sluice.model.Privilege;

/** REVOKE … ON … FROM …. */
public record RevokeStatement(Privilege privilege, String database, String user) implements Statement {

    @Override
    public String toString() {
        return UserFormatter.format(this);
    }
}
