package dev.sluice.http;

import dev.sluice.statement.OutcomeSink;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs the statements of requests that do not wait ({@code async=true}); their errors are logged and nothing else. */
@Component
class BackgroundQueries {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundQueries.class);

    private final StatementExecutor executor;

    BackgroundQueries(StatementExecutor executor) {
        this.executor = executor;
    }

    void start(StatementRequest work) {
        Thread thread = new Thread(() -> run(work), "async-query");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs them and returns when that is done. */
    void run(StatementRequest work) {
        OutcomeSink outcome = new OutcomeSink();
        executor.execute(work, outcome, () -> false);
        outcome.firstError().ifPresent(error -> LOG.info("a query that nobody waited for failed: {}", error));
    }
}
