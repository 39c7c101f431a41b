package dev.sluice.server;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.Ssl.ClientAuth;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What TLS is beside the settings that Boot has for it. */
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean
    TlsReload tlsReload(InfluxProperties properties) {
        return new TlsReload(properties.tls().advancedExpiration().toDuration(), Clock.systemUTC());
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> certificates(
            TlsReload reload, InfluxProperties properties) {
        String user = properties.tls().clientCertificateUser();
        return factory -> {
            if (!user.isEmpty()) {
                requireAuthorities(user, factory.getSsl(), factory.getSslBundles());
            }
            factory.addServerCustomizers(server -> reload.begin(server, factory.getSsl(), factory.getSslBundles()));
        };
    }

    /**
     * Without authorities of its own the JVM trusts those of the web, and anybody can have a certificate of them that names
     * the admin.
     */
    private static void requireAuthorities(String user, @Nullable Ssl ssl, @Nullable SslBundles bundles) {
        boolean asked = ssl != null
                && Ssl.isEnabled(ssl)
                && (ssl.getClientAuth() == ClientAuth.WANT || ssl.getClientAuth() == ClientAuth.NEED);
        if (!asked || WebServerSslBundle.get(ssl, bundles).getStores().getTrustStore() == null) {
            throw new InvalidSettingException(
                    "influxdb.tls.client-certificate-user",
                    user,
                    "nothing, unless clients are asked for certificates of authorities that are named: by"
                            + " influxdb.tls.client-ca-certs with https-enabled, or by server.ssl.client-auth and a trust"
                            + " store");
        }
    }
}
