package dev.sluice.server;

import dev.sluice.http.ClientPresence;
import dev.sluice.http.HttpSettings;
import dev.sluice.http.ServiceHealth;
import dev.sluice.security.BrakeSettings;
import dev.sluice.security.SecuritySettings;
import dev.sluice.security.ldap.LdapSettings;
import dev.sluice.security.oidc.OidcSettings;
import dev.sluice.storage.StoreHealth;
import dev.sluice.storage.TimeSeriesStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The HTTP API's settings, and a web server that takes what Go's takes. */
@Configuration(proxyBeanMethods = false)
class HttpApiConfiguration {

    /** Grafana sends long queries in the URL. */
    private static final int REQUEST_HEAD_IN_BYTES = (1 << 20) + (64 << 10);

    /** What is read at a time: writes are long. It is held while there is something to read. */
    private static final int INPUT_BUFFER_IN_BYTES = 64 << 10;

    @Bean
    HttpSettings httpSettings(InfluxProperties properties) {
        InfluxProperties.Http http = properties.http();
        return new HttpSettings(
                ServiceVersion.INFLUXDB,
                http.bindAddress().toString(),
                http.maxBodySize().bytes(),
                http.maxRowLimit(),
                http.maxConcurrentWriteLimit(),
                http.maxEnqueuedWriteLimit(),
                http.enqueuedWriteTimeout().nanos(),
                http.headers());
    }

    @Bean
    SecuritySettings securitySettings(InfluxProperties properties) {
        InfluxProperties.Http http = properties.http();
        return new SecuritySettings(
                http.authEnabled(),
                http.pingAuthEnabled(),
                http.pprofAuthEnabled(),
                http.sharedSecret().value(),
                http.realm(),
                properties.tls().clientCertificateUser());
    }

    @Bean
    OidcSettings oidcSettings(InfluxProperties properties) {
        return properties.oidc().toSettings();
    }

    @Bean
    LdapSettings ldapSettings(InfluxProperties properties) {
        return properties.ldap().toSettings();
    }

    @Bean
    BrakeSettings brakeSettings(InfluxProperties properties) {
        LoginProperties login = properties.login();
        return new BrakeSettings(
                login.maxFailuresPerUser(),
                login.maxFailuresPerAddress(),
                login.lockOut().nanos());
    }

    @Bean
    AuditLog auditLog(InfluxProperties properties, ObjectProvider<MeterRegistry> meters) {
        return new AuditLog(properties.audit(), Clock.systemUTC(), meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    ServiceHealth serviceHealth(TimeSeriesStore store) {
        return () -> {
            StoreHealth health = store.health();
            return health.writable() ? "" : String.valueOf(health.reason());
        };
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> accessLog(InfluxProperties properties) {
        InfluxProperties.Http http = properties.http();
        if (!http.logEnabled()) {
            return factory -> {};
        }
        AccessLog log = new AccessLog(http.accessLogPath(), http.suppressWriteLog(), http.accessLogStatusFilters());
        return factory -> factory.addServerCustomizers(server -> server.setRequestLog(log));
    }

    @Bean
    MetaListener metaListener(InfluxProperties properties) {
        InfluxProperties.Meta meta = properties.meta();
        return new MetaListener(meta.httpBindAddress(), meta.isHttpBindAddressSet(), meta.httpsEnabled());
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> metaApi(
            InfluxProperties properties, MetaListener listener) {
        return properties.meta().httpEnabled()
                ? factory -> factory.addServerCustomizers(listener::addTo)
                : factory -> {};
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> connectionCap(InfluxProperties properties) {
        int limit = properties.http().maxConnectionLimit();
        if (limit == 0) {
            return factory -> {};
        }
        JettyServerCustomizer customizer = server -> {
            ConnectionCap cap = new ConnectionCap(limit);
            for (Connector connector : server.getConnectors()) {
                if (connector instanceof AbstractConnector accepting) {
                    accepting.addBean(cap);
                }
            }
        };
        return factory -> factory.addServerCustomizers(customizer);
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> lenientRequests() {
        JettyServerCustomizer customizer = server -> {
            server.setErrorHandler(new PlainErrors());
            // A bucket's name has an encoded slash. Nothing here looks at the path that a servlet decodes.
            server.getDescendants(ServletContextHandler.class)
                    .forEach(context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
            for (Connector connector : server.getConnectors()) {
                for (org.eclipse.jetty.server.ConnectionFactory factory : connector.getConnectionFactories()) {
                    if (factory instanceof org.eclipse.jetty.server.HttpConfiguration.ConnectionFactory http) {
                        if (factory instanceof org.eclipse.jetty.server.HttpConnectionFactory http1) {
                            http1.setInputBufferSize(INPUT_BUFFER_IN_BYTES);
                        }
                        http.getHttpConfiguration().setRequestHeaderSize(REQUEST_HEAD_IN_BYTES);
                        http.getHttpConfiguration().setUriCompliance(UriCompliance.UNSAFE);
                        http.getHttpConfiguration().setSendServerVersion(false);
                        http.getHttpConfiguration().addCustomizer((request, responseHeaders) -> {
                            request.setAttribute(ClientPresence.ATTRIBUTE, new JettyClientPresence(request));
                            return request;
                        });
                    }
                }
            }
        };
        return factory -> factory.addServerCustomizers(customizer);
    }
}
