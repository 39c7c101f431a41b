package dev.sluice.server;

import dev.sluice.storage.StoreHealth;
import dev.sluice.storage.TimeSeriesStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The store in the health endpoint of the management port: down while it takes no writes. Files that were found damaged are
 * listed and leave it up, as what can be read is served.
 */
@Component
class StoreHealthIndicator implements HealthIndicator {

    private final TimeSeriesStore store;

    StoreHealthIndicator(TimeSeriesStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        StoreHealth state = store.health();
        Health.Builder health =
                state.writable() ? Health.up() : Health.down().withDetail("reason", String.valueOf(state.reason()));
        if (!state.damages().isEmpty()) {
            health.withDetail("damages", state.damages());
        }
        return health.build();
    }
}
