package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two services and one PostgreSQL database. */
@Tag("integration")
@EnabledIf(value = "dev.sluice.server.PostgresServer#isAvailable", disabledReason = "there is no PostgreSQL to start")
class MetadataLeaseIntegrationTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server = PostgresServer.shared();
    private final String name = "lease" + NUMBER.incrementAndGet();
    private final List<MetadataLease> leases = new ArrayList<>();
    private DataSource dataSource;
    private JdbcTemplate jdbc;

    @BeforeEach
    void createDatabase() {
        server.createDatabase(name);
        dataSource = new DriverManagerDataSource(server.url(name), server.user(), "");
        jdbc = new JdbcTemplate(dataSource);
        Flyway.configure().dataSource(dataSource).load().migrate();
    }

    @AfterEach
    void closeAll() {
        leases.forEach(MetadataLease::close);
    }

    private MetadataLease lease(String parameters) {
        MetadataConnection connection = new MetadataConnection(server.url(name) + parameters, server.user(), "");
        MetadataLease lease = new MetadataLease(connection, dataSource, Duration.ZERO);
        leases.add(lease);
        return lease;
    }

    private MetadataLease started() throws Exception {
        MetadataLease lease = lease("");
        lease.acquire();
        lease.begin();
        return lease;
    }

    /** A change as a service with this lease makes it. */
    private void change(MetadataLease lease) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        transactions.addListener(lease);
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> jdbc.update("update service_state set initialized = not initialized"));
    }

    private boolean state() {
        return Boolean.TRUE.equals(jdbc.queryForObject("select initialized from service_state", Boolean.class));
    }

    private void endLockSessions() {
        jdbc.queryForList("select pg_terminate_backend(pid, 5000) from pg_locks"
                + " where locktype = 'advisory' and database = (select oid from pg_database where datname = '" + name
                + "')");
    }

    @Test
    void acquireWhenAnotherServiceLivesThenRefusedUntilItEnds() throws Exception {
        MetadataLease first = started();
        MetadataLease second = lease("?password=s3cret");
        assertThatThrownBy(second::acquire)
                .isInstanceOf(UnusableResourceException.class)
                .hasMessage("spring.datasource.url is '" + server.url(name)
                        + "': another service keeps its users and metadata there.");
        first.close();
        // The server ends the session a moment after the connection is closed.
        Awaitility.await().ignoreExceptions().untilAsserted(second::acquire);
    }

    @Test
    void acquireWhenTheOtherServiceHasAnotherSchemaThenBothRun() throws Exception {
        started();
        jdbc.execute("create schema other");
        MetadataLease second = lease("?currentSchema=other");
        second.acquire();
        assertThatThrownBy(lease("?currentSchema=other")::acquire).isInstanceOf(UnusableResourceException.class);
    }

    @Test
    void changeWhenOwnerThenCommitted() throws Exception {
        MetadataLease lease = started();
        change(lease);
        assertThat(state()).isTrue();
    }

    @Test
    void changeWhenTheLockWasLostThenTakenAgain() throws Exception {
        MetadataLease lease = started();
        endLockSessions();
        change(lease);
        assertThat(state()).isTrue();
        assertThatThrownBy(lease("")::acquire).isInstanceOf(UnusableResourceException.class);
    }

    @Test
    void changeWhenAnotherServiceHasTakenOverThenRolledBack() throws Exception {
        MetadataLease first = started();
        endLockSessions();
        MetadataLease second = started();
        assertThatThrownBy(() -> change(first))
                .isInstanceOf(DataAccessResourceFailureException.class)
                .hasMessage("another service uses the metadata");
        second.close();
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> change(first))
                        .hasMessage("another service has taken over the metadata"));
        assertThat(state()).isFalse();
    }
}
