package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * A JSON Web Token from {@code Authorization: Bearer}. Spring's own converter does not fit: it takes any case and answers
 * a token with strange characters in its own words, while InfluxDB says what is wrong with it.
 */
final class BearerCredentialsConverter implements AuthenticationConverter {

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String token = AuthorizationHeader.secondWord(request, "Bearer");
        return token.isEmpty() ? null : new BearerTokenAuthenticationToken(token);
    }
}
