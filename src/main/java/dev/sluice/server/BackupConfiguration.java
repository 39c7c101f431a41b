package dev.sluice.server;

import dev.sluice.backup.Backups;
import dev.sluice.backup.Export;
import dev.sluice.backup.MetadataDump;
import dev.sluice.catalog.Catalog;
import dev.sluice.storage.StoreCheckpoint;
import dev.sluice.storage.TimeSeriesStore;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Backups and exports of what the service keeps. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {

    @Bean
    Backups backups(StoreCheckpoint store, DataSource metadata, Catalog catalog, InfluxProperties properties) {
        return new Backups(
                store,
                new MetadataDump(metadata),
                catalog,
                Path.of(properties.backup().dir()),
                Clock.systemUTC());
    }

    @Bean
    Export export(Catalog catalog, TimeSeriesStore store) {
        return new Export(catalog, store);
    }
}
