package dev.sluice.server;

import dev.sluice.http.MetaRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address of the meta API: a second connector of the same server, whose requests carry a mark. When it was not asked
 * for, and its port is taken, the service starts without it: two services on one machine are nobody's mistake.
 */
public final class MetaListener {

    private static final Logger LOG = LoggerFactory.getLogger(MetaListener.class);

    private final BindAddress address;
    private final boolean required;
    private final boolean secure;
    private @Nullable ServerConnector connector;

    /**
     * A listener.
     *
     * @param required whether the service must not start without it
     * @param secure whether it speaks TLS, with the certificate of the API
     */
    MetaListener(BindAddress address, boolean required, boolean secure) {
        this.address = address;
        this.required = required;
        this.secure = secure;
    }

    /** Has the server listen there as well. No customizer itself, because Spring Boot would apply it whatever is configured. */
    void addTo(Server server) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.addCustomizer((request, responseHeaders) -> {
            request.setAttribute(MetaRoute.ATTRIBUTE, Boolean.TRUE);
            return request;
        });
        ServerConnector added = new ServerConnector(server, 1, 1, protocols(server, configuration));
        added.setHost(address.host().isEmpty() ? null : address.host());
        added.setPort(address.port());
        if (!required && !isFree(added)) {
            LOG.warn(
                    "{} is in use: the meta API (users, roles, fine-grained rules) is not served. Set"
                            + " influxdb.meta.http-bind-address to another address",
                    address);
            return;
        }
        server.addConnector(added);
        connector = added;
    }

    private ConnectionFactory[] protocols(Server server, HttpConfiguration configuration) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        if (!secure) {
            return new ConnectionFactory[] {http};
        }
        // The same contexts as the API's: a new certificate of the one is one of the other.
        SslContextFactory.Server contexts = Arrays.stream(server.getConnectors())
                .map(of -> of.getConnectionFactory(SslConnectionFactory.class))
                .filter(Objects::nonNull)
                .map(SslConnectionFactory::getSslContextFactory)
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "influxdb.meta.https-enabled",
                        true,
                        "false, unless the API is served over TLS: by influxdb.http.https-enabled or server.ssl"));
        configuration.addCustomizer(new SecureRequestCustomizer());
        return new ConnectionFactory[] {new SslConnectionFactory(contexts, http.getProtocol()), http};
    }

    /** Takes the address when it can be had; the connector keeps it until it starts. */
    private static boolean isFree(ServerConnector connector) {
        try {
            connector.open();
            return true;
        } catch (IOException taken) {
            if (taken instanceof BindException || taken.getCause() instanceof BindException) {
                return false;
            }
            throw new UncheckedIOException(taken);
        }
    }

    /** The port once the server has started; -1 when there is none. */
    public int port() {
        ServerConnector open = connector;
        return open == null ? -1 : open.getLocalPort();
    }
}
