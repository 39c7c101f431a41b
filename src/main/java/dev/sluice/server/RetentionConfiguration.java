package dev.sluice.server;

import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.retention.ClockWatch;
import dev.sluice.retention.ForeignPointsException;
import dev.sluice.retention.RetentionEnforcer;
import dev.sluice.retention.ShardPrecreator;
import dev.sluice.retention.UnownedPoints;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.TimeSeriesStore;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sections {@code [retention]} and {@code [shard-precreation]}, and what a crash has left to be removed. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionConfiguration.class);

    /** More than clocks are corrected by, less than any policy's duration. */
    private static final long CLOCK_TOLERANCE_NANOS = 1_800_000_000_000L;

    @Bean
    UnownedPoints unownedPoints(
            Catalog catalog,
            Users users,
            TimeSeriesStore store,
            StoreOpening opening,
            WritesInFlight inFlight,
            InfluxProperties properties) {
        opening.await();
        UnownedPoints unowned = new UnownedPoints(catalog, store, inFlight);
        try {
            unowned.requireSameCatalog();
        } catch (ForeignPointsException foreign) {
            throw new UnusableResourceException(
                    "influxdb.data.dir",
                    Path.of(properties.data().dir()).toAbsolutePath(),
                    foreign.getMessage() + ".",
                    "Use the metadata that belongs to the points (influxdb.meta.dir or spring.datasource.url), or restore"
                            + " both from one backup.",
                    foreign);
        }
        removeLeftovers(catalog, users, unowned);
        return unowned;
    }

    /** What a crash has interrupted: a database that was dropped may have left points and grants behind. */
    private static void removeLeftovers(Catalog catalog, Users users, UnownedPoints unowned) {
        users.all().stream()
                .flatMap(user -> user.grants().keySet().stream())
                .distinct()
                .filter(database -> catalog.findDatabase(database).isEmpty())
                .forEach(users::forgetDatabase);
        try {
            unowned.remove();
        } catch (StorageException unwritable) {
            LOG.warn("What was dropped before the start is not removed yet: {}", unwritable.getMessage());
        }
    }

    @Bean(destroyMethod = "close")
    PeriodicTask retentionEnforcement(Catalog catalog, UnownedPoints unowned, InfluxProperties properties) {
        InfluxProperties.Retention retention = properties.retention();
        if (!retention.enabled()) {
            return PeriodicTask.none();
        }
        ClockWatch clock = new ClockWatch(SystemNanos.CLOCK, System::nanoTime, CLOCK_TOLERANCE_NANOS);
        return PeriodicTask.every(
                retention.checkInterval().nanos(),
                "sluice-retention",
                new RetentionEnforcer(catalog, unowned, SystemNanos.CLOCK, clock));
    }

    @Bean(destroyMethod = "close")
    PeriodicTask shardPrecreation(Catalog catalog, InfluxProperties properties) {
        InfluxProperties.ShardPrecreation precreation = properties.shardPrecreation();
        if (!precreation.enabled()) {
            return PeriodicTask.none();
        }
        return PeriodicTask.every(
                precreation.checkInterval().nanos(),
                "sluice-precreation",
                new ShardPrecreator(
                        catalog, SystemNanos.CLOCK, precreation.advancePeriod().nanos()));
    }
}
