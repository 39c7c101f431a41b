package dev.sluice.server;

import dev.sluice.catalog.Catalog;
import dev.sluice.subscription.SubscriptionDeliveries;
import dev.sluice.subscription.SubscriptionOptions;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends points on to the destinations of subscriptions, unless section {@code [subscriber]} switches that off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "influxdb.subscriber.enabled", matchIfMissing = true)
class SubscriptionConfiguration {

    private static final String CA_CERTS = "influxdb.subscriber.ca-certs";

    @Bean(destroyMethod = "close")
    SubscriptionDeliveries subscriptionDeliveries(Catalog catalog, InfluxProperties properties) {
        InfluxProperties.Subscriber subscriber = properties.subscriber();
        return new SubscriptionDeliveries(
                catalog,
                new SubscriptionOptions(
                        Duration.ofNanos(subscriber.httpTimeout().nanos()),
                        subscriber.writeConcurrency(),
                        subscriber.writeBufferSize(),
                        OutgoingTls.context(subscriber.insecureSkipVerify(), CA_CERTS, subscriber.caCerts())));
    }
}
