package dev.sluice.statement;

import dev.sluice.account.AccountException;
import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import dev.sluice.catalog.CatalogException;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.AlterRetentionPolicyStatement;
import dev.sluice.influxql.tree.CreateContinuousQueryStatement;
import dev.sluice.influxql.tree.CreateDatabaseStatement;
import dev.sluice.influxql.tree.CreateRetentionPolicyStatement;
import dev.sluice.influxql.tree.CreateSubscriptionStatement;
import dev.sluice.influxql.tree.CreateUserStatement;
import dev.sluice.influxql.tree.DeleteStatement;
import dev.sluice.influxql.tree.DropContinuousQueryStatement;
import dev.sluice.influxql.tree.DropDatabaseStatement;
import dev.sluice.influxql.tree.DropMeasurementStatement;
import dev.sluice.influxql.tree.DropRetentionPolicyStatement;
import dev.sluice.influxql.tree.DropSeriesStatement;
import dev.sluice.influxql.tree.DropShardStatement;
import dev.sluice.influxql.tree.DropSubscriptionStatement;
import dev.sluice.influxql.tree.DropUserStatement;
import dev.sluice.influxql.tree.GrantAdminStatement;
import dev.sluice.influxql.tree.GrantStatement;
import dev.sluice.influxql.tree.KillQueryStatement;
import dev.sluice.influxql.tree.RevokeAdminStatement;
import dev.sluice.influxql.tree.RevokeStatement;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.SetPasswordStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.ingest.PartialWriteException;
import dev.sluice.query.QueryException;
import dev.sluice.storage.StorageException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each statement to the handler of its kind, and turns what goes wrong into results. */
public final class DispatchingStatementExecutor implements StatementExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchingStatementExecutor.class);

    /** Statements that InfluxDB 1.x runs over GET with a warning; DELETE is not among them. */
    private static final Set<Class<? extends Statement>> CHANGING = Set.of(
            AlterRetentionPolicyStatement.class,
            CreateContinuousQueryStatement.class,
            CreateDatabaseStatement.class,
            CreateRetentionPolicyStatement.class,
            CreateSubscriptionStatement.class,
            CreateUserStatement.class,
            DropContinuousQueryStatement.class,
            DropDatabaseStatement.class,
            DropMeasurementStatement.class,
            DropRetentionPolicyStatement.class,
            DropSeriesStatement.class,
            DropShardStatement.class,
            DropSubscriptionStatement.class,
            DropUserStatement.class,
            GrantAdminStatement.class,
            GrantStatement.class,
            RevokeAdminStatement.class,
            RevokeStatement.class,
            SetPasswordStatement.class,
            KillQueryStatement.class);

    private final Handlers handlers;
    private final RunningQueries running;
    private final LongSupplier nowNanos;
    private final Function<Caller, SeriesAccess> access;
    private final LimitsByCaller limits;
    private final StatementObserver observer;

    /**
     * An executor for whom every series is everybody's.
     *
     * @param nowNanos the clock, in nanoseconds since the epoch
     */
    public DispatchingStatementExecutor(Handlers handlers, RunningQueries running, LongSupplier nowNanos) {
        this(handlers, running, nowNanos, caller -> SeriesAccess.WHOLE, LimitsByCaller.NONE, StatementObserver.NONE);
    }

    /**
     * An executor.
     *
     * @param nowNanos the clock, in nanoseconds since the epoch
     * @param access which series a caller may touch
     * @param limits how much a caller may do at a time
     * @param observer is told of statements that change something
     */
    public DispatchingStatementExecutor(
            Handlers handlers,
            RunningQueries running,
            LongSupplier nowNanos,
            Function<Caller, SeriesAccess> access,
            LimitsByCaller limits,
            StatementObserver observer) {
        this.handlers = handlers;
        this.running = running;
        this.nowNanos = nowNanos;
        this.access = access;
        this.limits = limits;
        this.observer = observer;
    }

    @Override
    public void execute(StatementRequest request, ResultSink sink, BooleanSupplier disconnected) {
        List<Statement> statements = request.statements();
        String text = statements.stream().map(Statement::toString).collect(Collectors.joining(";\n"));
        RunningQueries.Running query;
        try {
            query = running.begin(
                    text,
                    request.database(),
                    request.caller().user().map(UserAccount::name).orElse(""),
                    limits.of(request.caller()),
                    disconnected);
        } catch (QueryException refused) {
            failFrom(0, statements.size(), refused.getMessage(), sink);
            return;
        }
        try (query) {
            for (int i = 0; i < statements.size(); i++) {
                String error = run(statements.get(i), i, request, query, sink);
                if (error != null) {
                    failFrom(i + 1, statements.size(), "not executed", sink);
                    return;
                }
            }
        }
    }

    private static void failFrom(int first, int count, String error, ResultSink sink) {
        String text = error;
        for (int i = first; i < count; i++) {
            sink.beginStatement(i);
            sink.error(text);
            sink.endStatement();
            text = "not executed";
        }
    }

    /** Runs one statement; returns its error, or null. */
    private @Nullable String run(
            Statement statement, int id, StatementRequest request, RunningQueries.Running query, ResultSink sink) {
        sink.beginStatement(id);
        String error = null;
        try {
            query.check();
            Execution execution = new Execution(
                    request.caller(),
                    request.database(),
                    request.retentionPolicy(),
                    nowNanos.getAsLong(),
                    query,
                    sink,
                    access.apply(request.caller()));
            handlers.handle(statement, execution);
            if (request.readOnly() && changes(statement)) {
                sink.message(
                        "warning",
                        "deprecated use of '" + handlers.describe(statement, execution)
                                + "' in a read only context, please use a POST request instead");
            }
        } catch (StatementException
                | QueryException
                | CatalogException
                | AccountException
                | InfluxqlException
                | PartialWriteException answer) {
            error = answer.getMessage();
        } catch (StorageException fault) {
            LOG.warn("a statement failed: {}", fault.getMessage());
            error = fault.getMessage();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
            LOG.error("a statement failed: {}", statement, fault);
            query.noteFault();
            error = statement + " [panic:" + fault.getClass().getSimpleName() + "]";
        }
        if (changes(statement) || statement instanceof DeleteStatement) {
            observer.changed(request, statement, error);
        }
        if (error != null) {
            sink.error(error);
        }
        sink.endStatement();
        return error;
    }

    private static boolean changes(Statement statement) {
        return CHANGING.contains(statement.getClass())
                || (statement instanceof SelectStatement select && select.target() != null);
    }
}
