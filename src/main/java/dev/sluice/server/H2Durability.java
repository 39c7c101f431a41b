package dev.sluice.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionSystemException;

/**
 * Makes a commit on H2 durable before its caller goes on. By itself H2 writes commits up to half a second late, which
 * does not survive a kill, and leaves the fsync to the operating system, which does not survive a power cut.
 */
final class H2Durability implements TransactionExecutionListener {

    private final DataSource dataSource;

    /** Also turns off the delay of writes, for URLs that an operator wrote; H2 remembers that in the database. */
    H2Durability(DataSource dataSource) {
        this.dataSource = dataSource;
        execute("SET WRITE_DELAY 0");
    }

    /** The commit has happened; failing here tells the caller that it may be lost nevertheless. */
    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
        if (commitFailure == null && !transaction.isReadOnly()) {
            execute("CHECKPOINT SYNC");
        }
    }

    private void execute(String statement) {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException failed) {
            throw new TransactionSystemException(statement + " failed", failed);
        }
    }
}
