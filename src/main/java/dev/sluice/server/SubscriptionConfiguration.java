package dev.sluice.server;

import dev.sluice.catalog.Catalog;
import dev.sluice.subscription.SubscriptionDeliveries;
import dev.sluice.subscription.SubscriptionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends points on to the destinations of subscriptions, unless section {@code [subscriber]} switches that off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "influxdb.subscriber.enabled", matchIfMissing = true)
class SubscriptionConfiguration {

    private static final String CA_CERTS = "influxdb.subscriber.ca-certs";

    @Bean(destroyMethod = "close")
    SubscriptionDeliveries subscriptionDeliveries(Catalog catalog, InfluxProperties properties)
            throws GeneralSecurityException {
        InfluxProperties.Subscriber subscriber = properties.subscriber();
        return new SubscriptionDeliveries(
                catalog,
                new SubscriptionOptions(
                        Duration.ofNanos(subscriber.httpTimeout().nanos()),
                        subscriber.writeConcurrency(),
                        subscriber.writeBufferSize(),
                        tls(subscriber)));
    }

    private static SSLContext tls(InfluxProperties.Subscriber subscriber) throws GeneralSecurityException {
        if (subscriber.insecureSkipVerify()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            return context;
        }
        if (subscriber.caCerts().isEmpty()) {
            return SSLContext.getDefault();
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities(subscriber.caCerts()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore authorities(String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            return store;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new UnusableResourceException(
                    CA_CERTS,
                    file,
                    "it cannot be read (" + unusable + ").",
                    "Name a file of certificates in PEM.",
                    unusable);
        }
    }

    /** What {@code insecure-skip-verify} asks for: neither who signed a certificate nor for whom is looked at. */
    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {
            // Everybody is trusted.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            // Everybody is trusted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
            // Everybody is trusted.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
            // Everybody is trusted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            // Everybody is trusted.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            // Everybody is trusted.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
