package dev.sluice.security;

import dev.sluice.account.Users;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Checks a bearer token and finds the user it names. A token carries no rights: those that the user has at this moment
 * apply.
 */
final class TokenAuthenticationProvider implements AuthenticationProvider {

    private final Users users;
    private final JwtDecoder decoder;

    TokenAuthenticationProvider(Users users, JwtDecoder decoder) {
        this.users = users;
        this.decoder = decoder;
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        String name;
        try {
            name = decoder.decode(((BearerTokenAuthenticationToken) credentials).getToken())
                    .getSubject();
        } catch (JwtException refused) {
            throw new RefusedCredentialsException(refused.getMessage());
        }
        return users.find(name)
                .map(CallerAuthentication::new)
                .orElseThrow(() -> new RefusedCredentialsException("user not found"));
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == BearerTokenAuthenticationToken.class;
    }
}
