package dev.sluice.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The headers that every answer has: version and build, the request's id, CORS, and what the operator added. Stands before
 * the security filters, because refusals have them as well.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class InfluxHeadersFilter extends OncePerRequestFilter {

    private final HttpSettings settings;
    private final TimeBasedIds ids = new TimeBasedIds();

    InfluxHeadersFilter(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = header(request, "X-Request-Id");
        if (id.isEmpty()) {
            id = header(request, "Request-Id");
        }
        if (id.isEmpty()) {
            id = ids.next();
        }
        addServerHeaders(response);
        response.setHeader("Request-Id", id);
        response.setHeader("X-Request-Id", id);
        settings.headers().forEach(response::setHeader);
        String origin = header(request, "Origin");
        if (!origin.isEmpty()) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Methods", "DELETE, GET, OPTIONS, POST, PUT, PATCH");
            response.setHeader(
                    "Access-Control-Allow-Headers",
                    "Accept, Accept-Encoding, Authorization, Content-Length, Content-Type, User-Agent, X-CSRF-Token, "
                            + "X-HTTP-Method-Override");
            response.setHeader("Access-Control-Expose-Headers", "Date, X-InfluxDB-Version, X-InfluxDB-Build");
        }
        chain.doFilter(request, response);
    }

    /** Those that even an answer for an unknown path has. */
    void addServerHeaders(HttpServletResponse response) {
        response.setHeader("X-Influxdb-Build", "OSS");
        response.setHeader("X-Influxdb-Version", settings.version());
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }
}
