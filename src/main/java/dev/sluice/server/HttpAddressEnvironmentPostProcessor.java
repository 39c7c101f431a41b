package dev.sluice.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns {@code influxdb.http.bind-address}, {@code enabled} and the {@code https-} keys into Spring Boot's
 * {@code server.*}. Whatever of these is configured under its Spring name wins, because the values are put behind every
 * other source; so it runs last, when all files have been read.
 */
final class HttpAddressEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final String SOURCE = "influxdb.http";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Binder binder = Binder.get(environment);
        InfluxProperties.Http http = binder.bindOrCreate("influxdb.http", InfluxProperties.Http.class);
        Map<String, Object> server = new LinkedHashMap<>();
        // Boot's word for "no HTTP server".
        server.put("server.port", http.enabled() ? http.bindAddress().port() : -1);
        if (!http.bindAddress().host().isEmpty()) {
            server.put("server.address", http.bindAddress().host());
        }
        if (http.httpsEnabled()) {
            addTls(server, http, binder.bindOrCreate("influxdb.tls", InfluxProperties.Tls.class));
        }
        environment.getPropertySources().addLast(new MapPropertySource(SOURCE, server));
    }

    private static void addTls(Map<String, Object> server, InfluxProperties.Http http, InfluxProperties.Tls tls) {
        TlsFiles.check(http.httpsCertificate(), http.httpsPrivateKey());
        String key = http.httpsPrivateKey().isEmpty() ? http.httpsCertificate() : http.httpsPrivateKey();
        server.put("server.ssl.enabled", true);
        server.put("server.ssl.certificate", "file:" + http.httpsCertificate());
        server.put("server.ssl.certificate-private-key", "file:" + key);
        server.put("server.ssl.enabled-protocols", String.join(",", tls.protocols()));
        if (!tls.ciphers().isEmpty()) {
            server.put("server.ssl.ciphers", String.join(",", tls.ciphers()));
        }
        if (!tls.clientCaCerts().isEmpty()) {
            TlsFiles.checkAuthorities("influxdb.tls.client-ca-certs", tls.clientCaCerts());
            server.put("server.ssl.trust-certificate", "file:" + tls.clientCaCerts());
            server.put("server.ssl.client-auth", "want");
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
