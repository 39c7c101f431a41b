package dev.sluice.http;

import dev.sluice.http.Traffic.Figure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts every request of the HTTP API, refused ones included; those of the meta API's listener are not its. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class TrafficFilter extends OncePerRequestFilter {

    private final Traffic traffic;

    TrafficFilter(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getAttribute(MetaRoute.ATTRIBUTE) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long start = System.nanoTime();
        traffic.add(Figure.REQUESTS, 1);
        traffic.add(Figure.ACTIVE_REQUESTS, 1);
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            traffic.add(Figure.ACTIVE_REQUESTS, -1);
            traffic.add(Figure.REQUEST_NANOS, System.nanoTime() - start);
            if (!answered) {
                traffic.add(Figure.FAULTS, 1);
                traffic.add(Figure.SERVER_ERRORS, 1);
            } else {
                note(response.getStatus());
            }
        }
    }

    private void note(int status) {
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            traffic.add(Figure.AUTHENTICATION_FAILURES, 1);
        }
        if (status >= 500) {
            traffic.add(Figure.SERVER_ERRORS, 1);
        } else if (status >= 400) {
            traffic.add(Figure.CLIENT_ERRORS, 1);
        }
    }
}
