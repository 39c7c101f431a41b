package dev.sluice.server;

import dev.sluice.http.ClientPresence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Looks whether the other side has closed the connection of a request, by reading without waiting; Jetty itself does not
 * read while a request is being answered. What comes instead of the end is the beginning of the next request: Jetty gets
 * it back, and no more is read.
 */
final class JettyClientPresence implements ClientPresence {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LOOK_AHEAD_IN_BYTES = 256;

    private final Connection connection;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile long lastLookNanos = System.nanoTime();
    private volatile boolean gone;
    private boolean nextRequestSeen;

    JettyClientPresence(Request request) {
        this.connection = request.getConnectionMetaData().getConnection();
    }

    @Override
    public boolean isGone() {
        if (gone || System.nanoTime() - lastLookNanos < INTERVAL_NANOS || !looking.tryLock()) {
            return gone;
        }
        try {
            lastLookNanos = System.nanoTime();
            if (!nextRequestSeen) {
                lookLocked();
            }
        } catch (IOException broken) {
            gone = true;
        } finally {
            looking.unlock();
        }
        return gone;
    }

    private void lookLocked() throws IOException {
        if (!connection.getEndPoint().isOpen()) {
            gone = true;
            return;
        }
        ByteBuffer buffer = BufferUtil.allocate(LOOK_AHEAD_IN_BYTES);
        int read = connection.getEndPoint().fill(buffer);
        if (read < 0) {
            gone = true;
        } else if (read > 0 && connection instanceof Connection.UpgradeTo http) {
            nextRequestSeen = true;
            http.onUpgradeTo(buffer);
        }
    }
}
