package dev.sluice.server;

import dev.sluice.catalog.Catalog;
import dev.sluice.continuous.ContinuousQueryRunner;
import dev.sluice.http.Traffic;
import dev.sluice.ingest.CountingPointWriter;
import dev.sluice.ingest.ShardWrites;
import dev.sluice.monitor.Diagnostics;
import dev.sluice.monitor.JavaRuntime;
import dev.sluice.monitor.Statistics;
import dev.sluice.monitor.StatisticsSource;
import dev.sluice.statement.RunningQueries;
import dev.sluice.storage.TimeSeriesStore;
import dev.sluice.subscription.SubscriptionDeliveries;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the service tells of itself: in InfluxDB's statements and paths, in the database of section {@code [monitor]}, and as
 * meters beside Spring Boot's.
 */
@Configuration(proxyBeanMethods = false)
class MonitorConfiguration {

    @Bean
    JavaRuntime javaRuntime() {
        return new JavaRuntime();
    }

    /** In InfluxDB's order; {@code storage} stands where it tells of its own engine. */
    @Bean
    Statistics statistics(
            JavaRuntime runtime,
            RunningQueries queries,
            Catalog catalog,
            TimeSeriesStore store,
            ShardWrites shardWrites,
            CountingPointWriter writer,
            ObjectProvider<SubscriptionDeliveries> deliveries,
            ObjectProvider<ContinuousQueryRunner> continuousQueries,
            ObjectProvider<Traffic> traffic,
            InfluxProperties properties) {
        InfluxProperties.Data data = properties.data();
        List<StatisticsSource> sources = List.of(
                runtime,
                () -> ServiceStatistics.ofQueries(queries),
                () -> ServiceStatistics.ofDatabases(catalog, store),
                () -> ServiceStatistics.ofShards(catalog, store, shardWrites, data),
                () -> ServiceStatistics.ofStorage(store.statistics()),
                () -> ServiceStatistics.ofWrites(writer, deliveries.getIfAvailable()),
                () -> ServiceStatistics.ofSubscriptions(deliveries.getIfAvailable()),
                () -> ServiceStatistics.ofContinuousQueries(continuousQueries.getIfAvailable()),
                () -> traffic.stream()
                        .flatMap(each -> each.statistics().stream())
                        .toList());
        return new Statistics(sources, Map.of("indexes", () -> ServiceStatistics.ofIndexes(store)));
    }

    @Bean
    Diagnostics diagnostics(JavaRuntime runtime, InfluxProperties properties) {
        return new Diagnostics(List.of(
                runtime, () -> SettingsDiagnostics.of(properties), () -> SettingsDiagnostics.ofProcess(runtime)));
    }

    @Bean
    MeterBinder storeMeters(TimeSeriesStore store, CountingPointWriter writer, RunningQueries queries) {
        return new ServiceMeters(store, writer, queries);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnBooleanProperty(name = "influxdb.monitor.store-enabled", matchIfMissing = true)
    StatisticsRecorder statisticsRecorder(
            Statistics statistics, Catalog catalog, CountingPointWriter writer, InfluxProperties properties) {
        InfluxProperties.Monitor monitor = properties.monitor();
        return new StatisticsRecorder(
                statistics,
                catalog,
                writer,
                monitor.storeDatabase(),
                monitor.storeInterval().nanos(),
                SystemNanos.CLOCK);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> statisticsRecorderStart(ObjectProvider<StatisticsRecorder> recorder) {
        return ready -> recorder.ifAvailable(StatisticsRecorder::start);
    }
}
