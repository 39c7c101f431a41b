package dev.sluice.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads what a request that was answered early, such as one that is refused, still has of its body, so that the connection
 * can be used again. Jetty closes it instead when the rest has not arrived by the end of the answer, and a client that is
 * about to send its next request on it gets an error that is none of its making. As in Go's server, a long rest is not
 * waited for: the answer says then that the connection ends.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadBodyFilter extends OncePerRequestFilter {

    /** What Go's server reads at most. */
    private static final int MAX_BYTES = 256 << 10;

    /** Whoever sends slowly on purpose must not keep a thread for long. */
    private static final Duration MAX_TIME = Duration.ofSeconds(5);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (hasBody(request) && !request.isAsyncStarted() && !isLong(request)) {
            readRest(request);
        }
    }

    /** To be called before an early answer is written: says whether the connection ends with it. */
    static void announce(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (hasBody(request) && isLong(request) && !request.getInputStream().isFinished()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** Whether the rest is not waited for; a client that waits for our leave to send it will not send it. */
    private static boolean isLong(HttpServletRequest request) {
        return request.getContentLengthLong() > MAX_BYTES || request.getHeader(HttpHeaders.EXPECT) != null;
    }

    private static void readRest(HttpServletRequest request) {
        byte[] buffer = new byte[8 << 10];
        long deadline = System.nanoTime() + MAX_TIME.toNanos();
        int total = 0;
        try {
            ServletInputStream body = request.getInputStream();
            while (!body.isFinished() && total <= MAX_BYTES && System.nanoTime() < deadline) {
                total += Math.max(0, body.read(buffer));
            }
        } catch (IOException gone) {
            // So is the connection.
        }
    }
}
