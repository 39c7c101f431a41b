package dev.sluice.server;

import dev.sluice.storage.rocksdb.RecoveringStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store of points under {@code influxdb.data.dir}, which is closed, flushed, when the service stops. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    /** Static, so that it comes before what makes and wires other beans. */
    @Bean
    static StoreOpening storeOpening() {
        return new StoreOpening();
    }

    @Bean(destroyMethod = "close")
    RecoveringStore timeSeriesStore(StoreOpening opening) {
        return opening.store();
    }
}
