package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Adds to the credentials that another converter finds where they come from. */
final class OriginConverter implements AuthenticationConverter {

    private final String means;
    private final AuthenticationConverter credentials;

    OriginConverter(String means, AuthenticationConverter credentials) {
        this.means = means;
        this.credentials = credentials;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Authentication found = credentials.convert(request);
        if (found instanceof AbstractAuthenticationToken token) {
            token.setDetails(RequestOrigin.by(means, request));
        }
        return found;
    }
}
