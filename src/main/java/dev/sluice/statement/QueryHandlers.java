package dev.sluice.statement;

import dev.sluice.account.Permissions;
import dev.sluice.account.UserAccount;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.Durations;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.ExplainStatement;
import dev.sluice.influxql.tree.KillQueryStatement;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.ShowQueriesStatement;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.ingest.PointWriter;
import dev.sluice.model.Permission;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryEngine;
import dev.sluice.query.QueryLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** SELECT with and without INTO, EXPLAIN, and the queries that run. */
public final class QueryHandlers {

    private final QueryEngine engine;
    private final PointWriter writer;
    private final RunningQueries running;
    private final QueryLimits limits;
    private final LimitsByCaller callerLimits;

    /** Queries that only the limits of the service hold back. */
    public QueryHandlers(QueryEngine engine, PointWriter writer, RunningQueries running, QueryLimits limits) {
        this(engine, writer, running, limits, LimitsByCaller.NONE);
    }

    public QueryHandlers(
            QueryEngine engine,
            PointWriter writer,
            RunningQueries running,
            QueryLimits limits,
            LimitsByCaller callerLimits) {
        this.callerLimits = callerLimits;
        this.engine = engine;
        this.writer = writer;
        this.running = running;
        this.limits = limits;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(SelectStatement.class, this::select)
                .put(ExplainStatement.class, this::explain)
                .put(ShowQueriesStatement.class, this::showQueries)
                .put(KillQueryStatement.class, (statement, execution) -> running.kill(statement.queryId()));
    }

    private QueryContext context(Execution execution) {
        return new QueryContext(
                execution.defaultDatabase(),
                execution.defaultRetentionPolicy(),
                execution.nowNanos(),
                callerLimits.of(execution.caller()).within(limits),
                execution.cancellation(),
                execution.access().readable());
    }

    /** The tags that {@code top} and {@code bottom} rank by, which stay tags of the points that are written. */
    private static Set<String> rankedBy(SelectStatement statement) {
        Set<String> names = new HashSet<>();
        for (SelectField field : statement.fields()) {
            if (field.expression() instanceof Call call
                    && (call.name().equals("top") || call.name().equals("bottom"))) {
                call.arguments().stream()
                        .skip(1)
                        .filter(VarRef.class::isInstance)
                        .forEach(argument -> names.add(((VarRef) argument).name()));
            }
        }
        return names;
    }

    private void select(SelectStatement statement, Execution execution) {
        if (statement.target() == null) {
            engine.execute(statement, context(execution), execution.sink());
            return;
        }
        SelectIntoSink target = new SelectIntoSink(statement.target(), rankedBy(statement), execution, writer);
        engine.execute(statement, context(execution), target);
        long written = target.finish();
        execution.sink().series(SelectIntoSink.RESULT_HEADER);
        execution
                .sink()
                .rows(ColumnBatch.of(
                        LongColumn.wrapWithoutCopy(new long[1], 1),
                        LongColumn.wrapWithoutCopy(new long[] {written}, 1)));
    }

    private void explain(ExplainStatement statement, Execution execution) {
        List<String> lines = statement.analyze()
                ? engine.analyze(statement.statement(), context(execution))
                : engine.explain(statement.statement(), context(execution));
        execution.table("", List.of(statement.analyze() ? "EXPLAIN ANALYZE" : "QUERY PLAN"), StringColumn.of(lines));
    }

    /** All of them for those who manage queries, and to others their own. */
    private void showQueries(ShowQueriesStatement statement, Execution execution) {
        boolean all = execution.caller().has(Permission.MANAGE_QUERY, Permissions.EVERYWHERE);
        String user = execution.caller().user().map(UserAccount::name).orElse("");
        List<RunningQueries.Running> queries = running.list().stream()
                .filter(query -> all || query.user.equals(user))
                .toList();
        execution.table(
                "",
                List.of("qid", "query", "database", "duration", "status", "user"),
                LongColumn.wrapWithoutCopy(
                        queries.stream().mapToLong(query -> query.id).toArray(), queries.size()),
                StringColumn.of(queries.stream().map(query -> query.text).toList()),
                StringColumn.of(queries.stream().map(query -> query.database).toList()),
                StringColumn.of(queries.stream()
                        .map(query -> duration(System.nanoTime() - query.startNanos))
                        .toList()),
                StringColumn.of(queries.stream()
                        .map(query -> query.isKilled() ? "killed" : "running")
                        .toList()),
                StringColumn.of(queries.stream().map(query -> query.user).toList()));
    }

    /** Durations of at least a second, millisecond or microsecond are cut to that unit. */
    private static String duration(long nanos) {
        long unit = nanos >= 1_000_000_000L ? 1_000_000_000L : nanos >= 1_000_000L ? 1_000_000L : 1_000L;
        return Durations.formatGo(nanos - nanos % unit);
    }
}
