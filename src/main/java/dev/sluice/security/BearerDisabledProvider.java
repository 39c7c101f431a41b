package dev.sluice.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Refuses every bearer token. It stands in for the one that checks them as long as there is no shared secret, since a
 * signature made with an empty key proves nothing (CVE-2019-20933).
 */
final class BearerDisabledProvider implements AuthenticationProvider {

    @Override
    public Authentication authenticate(Authentication credentials) {
        throw new AuthenticationRefusedException("bearer auth disabled");
    }

    @Override
    public boolean supports(Class<?> type) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(type);
    }
}
