package dev.sluice.server;

import dev.sluice.account.AccessStore;
import dev.sluice.account.PasswordHasher;
import dev.sluice.account.Roles;
import dev.sluice.account.StoredAccess;
import dev.sluice.account.StoredUsers;
import dev.sluice.account.UserStore;
import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.security.DelegatingPasswordHasher;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Users, grants, databases and retention policies over the relational database. */
@Configuration(proxyBeanMethods = false)
class MetadataConfiguration {

    private static final Duration LEASE_PATIENCE = Duration.ofSeconds(10);

    @Bean
    PasswordHasher passwordHasher(InfluxProperties properties) {
        return new DelegatingPasswordHasher(properties.meta().passwordHash());
    }

    @Bean
    StoredAccess storedAccess(AccessStore store, ObjectProvider<Users> users) {
        // Late, because the users need their roles.
        return new StoredAccess(store, name -> users.getObject().find(name).isPresent());
    }

    @Bean
    Users users(UserStore store, PasswordHasher hasher, Roles roles, InfluxProperties properties) {
        return new StoredUsers(
                store,
                hasher,
                roles,
                properties.passwordPolicy().toPolicy(),
                properties.login().toGate());
    }

    @Bean
    Catalog catalog(CatalogStore store, InfluxProperties properties) {
        return new StoredCatalog(store, properties.meta().retentionAutocreate());
    }

    @Bean
    MetadataConnection metadataConnection(DataSourceProperties configured, InfluxProperties properties) {
        return MetadataConnection.of(configured, Path.of(properties.meta().dir()));
    }

    /** PostgreSQL's commits are durable as they are, but its databases can be reached by many. */
    @Bean
    TransactionExecutionListener metadataCommits(MetadataConnection connection, DataSource dataSource) {
        if (connection.isPostgres()) {
            return new MetadataLease(connection, dataSource, LEASE_PATIENCE);
        }
        return connection.isH2() ? new H2Durability(dataSource) : new TransactionExecutionListener() {};
    }

    @Bean
    FlywayMigrationStrategy migrationByTheOnlyService(TransactionExecutionListener metadataCommits) {
        if (!(metadataCommits instanceof MetadataLease lease)) {
            return Flyway::migrate;
        }
        return flyway -> {
            try {
                lease.acquire();
            } catch (SQLException failed) {
                throw new CannotGetJdbcConnectionException("The lock of the metadata cannot be taken", failed);
            }
            flyway.migrate();
            lease.begin();
        };
    }

    @Bean
    FirstStart firstStart(
            Environment environment,
            InfluxProperties properties,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Catalog catalog,
            Users users) {
        return new FirstStart(
                environment::getProperty,
                properties.http().authEnabled(),
                FirstStartMarker.in(jdbc, new TransactionTemplate(transactions)),
                catalog,
                users,
                System.out::println);
    }
}
