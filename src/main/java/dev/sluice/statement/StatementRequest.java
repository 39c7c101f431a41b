package dev.sluice.statement;

import dev.sluice.account.Caller;
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
 */
public record StatementRequest(
        List<Statement> statements, String database, String retentionPolicy, Caller caller, boolean readOnly) {

    public StatementRequest {
        statements = List.copyOf(statements);
    }
}
