package dev.sluice.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;

/**
 * Closes connections beyond a number as soon as they are accepted, as {@code max-connection-limit} does in InfluxDB;
 * Jetty's own limit stops accepting, which leaves clients waiting. Thread-safe.
 */
final class ConnectionCap implements Connection.Listener {

    private final int limit;
    private final Set<EndPoint> open = ConcurrentHashMap.newKeySet();

    ConnectionCap(int limit) {
        this.limit = limit;
    }

    /** TLS is a connection within a connection: the outer one counts. */
    @Override
    public void onOpened(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        if (endPoint instanceof SocketChannelEndPoint && open.add(endPoint) && open.size() > limit) {
            endPoint.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection.getEndPoint());
    }
}
