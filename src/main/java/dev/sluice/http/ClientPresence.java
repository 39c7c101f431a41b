package dev.sluice.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Whether whoever sent a request still waits for its answer. A servlet only learns that when it writes, while a query may
 * compute for long before its first row; so the server puts one into each request under {@link #ATTRIBUTE}. Thread-safe.
 */
@FunctionalInterface
public interface ClientPresence {

    String ATTRIBUTE = ClientPresence.class.getName();

    /** Looks now and then, so that asking often costs nothing. Once true, it stays so. */
    boolean isGone();

    /** That of a request. While a body is still being received, its arrival is the sign of life. */
    static ClientPresence of(HttpServletRequest request) throws IOException {
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        boolean received = !hasBody || request.getInputStream().isFinished();
        return received && request.getAttribute(ATTRIBUTE) instanceof ClientPresence presence ? presence : () -> false;
    }
}
