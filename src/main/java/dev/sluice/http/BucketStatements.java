package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.security.RequestOrigin;
import dev.sluice.statement.OutcomeSink;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Runs the statements that requests about buckets mean, on behalf of who sent them. Thread-safe. */
@Component
final class BucketStatements {

    private final StatementExecutor executor;

    BucketStatements(StatementExecutor executor) {
        this.executor = executor;
    }

    /** Runs one whose result nobody reads; returns its error. The caller has authorized it. */
    Optional<String> run(Statement statement, BucketName bucket, HttpServletRequest request, Caller caller)
            throws IOException {
        OutcomeSink outcome = new OutcomeSink();
        executor.execute(
                new StatementRequest(
                        List.of(statement), bucket.database(), "", caller, false, RequestOrigin.of(request)),
                outcome,
                ClientPresence.of(request)::isGone);
        return outcome.firstError();
    }
}
