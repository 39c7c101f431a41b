package dev.sluice.server;

import dev.sluice.http.MetaRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
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
    private @Nullable ServerConnector connector;

    /**
     * A listener.
     *
     * @param required whether the service must not start without it
     */
    MetaListener(BindAddress address, boolean required) {
        this.address = address;
        this.required = required;
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
        ServerConnector added = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
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
