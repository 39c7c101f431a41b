package dev.sluice.security;

import dev.sluice.account.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers those who do not come in as InfluxDB does: 401 with a Basic challenge, whatever the credentials were, and
 * without {@code X-Influxdb-Error}; or 403 with it. Who could not be looked at hears 503, as InfluxDB's own throttles say, and
 * when to come back.
 */
final class RefusalHandler implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String NO_ADMIN = "error authorizing admin access";

    private final String challenge;
    private final ErrorBodyWriter body;
    private final SecurityObserver observer;

    RefusalHandler(String realm, ErrorBodyWriter body, SecurityObserver observer) {
        this.observer = observer;
        // Not escaped, as InfluxDB does not escape it either.
        this.challenge = "Basic realm=\"" + realm + "\"";
        this.body = body;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (refusal instanceof AuthenticationUndecidedException undecided) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            response.setHeader("X-Influxdb-Error", text(undecided));
            body.write(request, response, text(undecided));
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        body.write(request, response, text(refusal));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        Caller caller = SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication user
                ? user.caller()
                : Caller.ANONYMOUS;
        observer.accessDenied(caller, RequestOrigin.of(request), NO_ADMIN);
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setHeader("X-Influxdb-Error", NO_ADMIN);
        body.write(request, response, NO_ADMIN);
    }

    private static String text(AuthenticationException refusal) {
        // Spring's exception for bearer tokens drops a text that a header could not hold; its cause still has it.
        Throwable reason = refusal instanceof InvalidBearerTokenException && refusal.getCause() != null
                ? refusal.getCause()
                : refusal;
        String text = reason.getMessage();
        if (text == null || refusal instanceof AuthenticationCredentialsNotFoundException) {
            return "unable to parse authentication credentials";
        }
        return text;
    }
}
