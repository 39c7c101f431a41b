package dev.sluice.server;

import dev.sluice.catalog.Catalog;
import dev.sluice.continuous.ContinuousQueryRunner;
import dev.sluice.statement.StatementExecutor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs continuous queries once the service answers, unless section {@code [continuous_queries]} switches them off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "influxdb.continuous-queries.enabled", matchIfMissing = true)
class ContinuousQueryConfiguration {

    @Bean(destroyMethod = "close")
    ContinuousQueryRunner continuousQueryRunner(
            Catalog catalog, StatementExecutor executor, InfluxProperties properties) {
        return new ContinuousQueryRunner(
                catalog,
                executor,
                SystemNanos.CLOCK,
                properties.continuousQueries().logEnabled());
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> continuousQueryStart(
            ContinuousQueryRunner runner, InfluxProperties properties) {
        return ready ->
                runner.start(properties.continuousQueries().runInterval().nanos());
    }
}
