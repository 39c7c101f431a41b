package dev.sluice.statement;

import dev.sluice.account.Caller;
import dev.sluice.account.Origin;
import dev.sluice.influxql.tree.Statement;
import java.util.List;

/**
 * Statements to run and what they run under.
 *
 * @param statements in order
 * @param database default database; empty when there is none
 * @param retentionPolicy default retention policy; empty for the database's own
 * @param caller who asks
 * @param readOnly whether statements that change something are to be answered with InfluxDB's deprecation warning (GET)
 * @param origin where the request comes from
 */
public record StatementRequest(
        List<Statement> statements,
        String database,
        String retentionPolicy,
        Caller caller,
        boolean readOnly,
        Origin origin) {

    /** A request of the service itself. */
    public StatementRequest(
            List<Statement> statements, String database, String retentionPolicy, Caller caller, boolean readOnly) {
        this(statements, database, retentionPolicy, caller, readOnly, Origin.NOWHERE);
    }

    public StatementRequest {
        statements = List.copyOf(statements);
    }
}
