package dev.sluice.http;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.statement.ResultSink;
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
        executor.execute(work, new LoggingSink(), () -> false);
    }

    private static final class LoggingSink implements ResultSink {

        @Override
        public void beginStatement(int statementId) {
            // Nobody waits for results.
        }

        @Override
        public void series(SeriesHeader header) {
            // Nobody waits for results.
        }

        @Override
        public void rows(ColumnBatch batch) {
            // Nobody waits for results.
        }

        @Override
        public void message(String level, String text) {
            // Nobody waits for results.
        }

        @Override
        public void error(String text) {
            LOG.info("a query that nobody waited for failed: {}", text);
        }

        @Override
        public void endStatement() {
            // Nobody waits for results.
        }
    }
}
