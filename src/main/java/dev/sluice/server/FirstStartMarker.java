package dev.sluice.server;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Remembers beside the metadata that a first start is over. */
interface FirstStartMarker {

    boolean isSet();

    /** Durable when it returns. */
    void set();

    /** Over the table {@code service_state}. */
    static FirstStartMarker in(JdbcTemplate jdbc, TransactionOperations transactions) {
        return new FirstStartMarker() {
            @Override
            public boolean isSet() {
                return Boolean.TRUE.equals(jdbc.queryForObject("select initialized from service_state", Boolean.class));
            }

            @Override
            public void set() {
                transactions.executeWithoutResult(status -> jdbc.update("update service_state set initialized = true"));
            }
        };
    }
}
