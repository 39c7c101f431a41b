package dev.sluice.server;

import dev.sluice.account.PasswordHasher;
import dev.sluice.account.StoredUsers;
import dev.sluice.account.UserStore;
import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.security.DelegatingPasswordHasher;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Users, grants, databases and retention policies over the relational database. */
@Configuration(proxyBeanMethods = false)
class MetadataConfiguration {

    @Bean
    PasswordHasher passwordHasher() {
        return new DelegatingPasswordHasher();
    }

    @Bean
    Users users(UserStore store, PasswordHasher hasher) {
        return new StoredUsers(store, hasher);
    }

    @Bean
    Catalog catalog(CatalogStore store, InfluxProperties properties) {
        return new StoredCatalog(store, properties.meta().retentionAutocreate());
    }

    /**
     * Makes a commit durable before it is acknowledged. H2 writes a commit to its file soon, but does not force it to the
     * disk; other databases do by themselves.
     */
    @Bean
    TransactionExecutionListener durableCommits(DataSource dataSource) {
        return new DurableCommits(new JdbcTemplate(dataSource));
    }

    private static final class DurableCommits implements TransactionExecutionListener {

        private final JdbcTemplate jdbc;
        private final boolean embedded;

        DurableCommits(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            this.embedded = Boolean.TRUE.equals(jdbc.execute((java.sql.Connection connection) ->
                    connection.getMetaData().getURL().startsWith("jdbc:h2:")));
        }

        @Override
        public void afterCommit(
                TransactionExecution transaction, @org.jspecify.annotations.Nullable Throwable failure) {
            if (embedded && failure == null && !transaction.isReadOnly()) {
                jdbc.execute("checkpoint sync");
            }
        }
    }
}
