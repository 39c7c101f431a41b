package dev.sluice.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Keeps two services off one PostgreSQL database. Each counts ids of databases and shards in memory and keeps points under
 * them on its own disk, so a second one would give out ids anew. (The files of the embedded database are locked by H2.)
 *
 * <p>Two things do it. While a service lives, a session of its own holds an advisory lock, so that another one does not
 * start. A lock may be lost, with its session or with the whole server, and another service may take it then; so each
 * start also takes a number, and a change is committed only while the number is still the latest. Reading it keeps it from
 * being changed until the commit is through.
 *
 * <p>The lock is one of a session: a pooler in between that shares sessions makes it useless, and the number alone is left.
 * Thread-safe.
 */
final class MetadataLease implements TransactionExecutionListener, AutoCloseable {

    private static final Logger LOG = System.getLogger(MetadataLease.class.getName());

    /** Half of the lock's key: "slui" in ASCII. The other half stands for the schema. */
    private static final int LOCK_CLASS = 0x736c7569;

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int VALIDITY_SECONDS = 5;

    private final MetadataConnection database;
    private final JdbcTemplate jdbc;
    private final Duration patience;
    private @Nullable Connection session;
    private volatile long epoch;

    /**
     * A lease that is not taken yet.
     *
     * @param dataSource of the database's transactions
     * @param patience how long the lock is waited for: a server needs a moment to notice that a process was killed
     */
    MetadataLease(MetadataConnection database, DataSource dataSource, Duration patience) {
        this.database = database;
        this.jdbc = new JdbcTemplate(dataSource);
        this.patience = patience;
    }

    /**
     * Takes the lock. To be called before anything in the database is changed, migrations included.
     *
     * @throws UnusableResourceException when another service has it
     */
    synchronized void acquire() throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!tryLock()) {
            if (System.nanoTime() >= deadline) {
                throw new UnusableResourceException(
                        "spring.datasource.url",
                        database.urlWithoutParameters(),
                        "another service keeps its users and metadata there.",
                        "Stop that service, or give each a database or schema of its own: what they keep there belongs"
                                + " to the points on their own disks.");
            }
            pause();
        }
    }

    /** Takes a number, so that whoever had the lock before changes nothing any more. To be called after migrations. */
    void begin() {
        epoch = jdbc.execute((Connection connection) -> {
            try (Statement sql = connection.createStatement();
                    ResultSet row = sql.executeQuery(
                            "update service_state set owner_epoch = owner_epoch + 1 where id = 1 returning owner_epoch")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Refuses the commit of a change once another service has begun. */
    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (transaction.isReadOnly() || epoch == 0) {
            return;
        }
        keepLock();
        Long latest = jdbc.queryForObject("select owner_epoch from service_state where id = 1 for share", Long.class);
        if (latest == null || latest != epoch) {
            throw new DataAccessResourceFailureException("another service has taken over the metadata");
        }
    }

    /** Takes the lock again when its session has ended. */
    private synchronized void keepLock() {
        try {
            if ((session == null || !session.isValid(VALIDITY_SECONDS)) && !tryLock()) {
                throw new DataAccessResourceFailureException("another service uses the metadata");
            }
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("the lock of the metadata cannot be taken", failed);
        }
    }

    private boolean tryLock() throws SQLException {
        close();
        Connection opened = DriverManager.getConnection(database.jdbcUrl(), properties());
        boolean locked = false;
        try {
            locked = lock(opened);
            session = locked ? opened : null;
            return locked;
        } finally {
            if (!locked) {
                opened.close();
            }
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (database.username() != null) {
            properties.setProperty("user", database.username());
        }
        if (database.password() != null) {
            properties.setProperty("password", database.password());
        }
        properties.setProperty("ApplicationName", "Sluice, lock of the metadata");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            // So that the server notices within two minutes when this machine is gone, and not within two hours.
            sql.execute("set tcp_keepalives_idle = 60");
            sql.execute("set tcp_keepalives_interval = 15");
            sql.execute("set tcp_keepalives_count = 4");
        }
        try (PreparedStatement sql =
                connection.prepareStatement("select pg_try_advisory_lock(?, hashtext(current_schema()))")) {
            sql.setInt(1, LOCK_CLASS);
            try (ResultSet row = sql.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** Gives the lock back. */
    @Override
    public synchronized void close() {
        Connection open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                LOG.log(Level.DEBUG, "The session with the lock had ended", gone);
            }
        }
    }
}
