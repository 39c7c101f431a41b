package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Answers 401 as InfluxDB does: always a Basic challenge, whatever credentials were wrong, and the reason as an error. */
final class ChallengeEntryPoint implements AuthenticationEntryPoint {

    private final String challenge;
    private final ErrorBodyWriter body;

    ChallengeEntryPoint(String realm, ErrorBodyWriter body) {
        this.challenge = "Basic realm=\"" + realm + "\"";
        this.body = body;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", challenge);
        body.write(request, response, String.valueOf(refused.getMessage()));
    }
}
