package dev.sluice.security;

import dev.sluice.security.oidc.OidcTokens;
import dev.sluice.security.oidc.OidcUnavailableException;
import dev.sluice.security.token.TokenAlgorithm;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Checks bearer tokens that are signed by a key pair with the identity provider, and leaves the others to the provider for
 * the shared secret. A token signed with a public key as if it were a secret is one of those others, and fails there.
 */
final class OidcProvider implements AuthenticationProvider {

    private final OidcTokens tokens;
    private final AuthenticationProvider sharedSecret;

    OidcProvider(OidcTokens tokens, AuthenticationProvider sharedSecret) {
        this.tokens = tokens;
        this.sharedSecret = sharedSecret;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication credentials) {
        String token = ((BearerTokenAuthenticationToken) credentials).getToken();
        if (!TokenAlgorithm.isOfKeyPair(token)) {
            return sharedSecret.authenticate(credentials);
        }
        OidcTokens.Outcome outcome = check(token);
        if (outcome.user() == null) {
            throw new AuthenticationRefusedException(outcome.refusal());
        }
        return new CallerAuthentication(outcome.user());
    }

    private OidcTokens.Outcome check(String token) {
        try {
            return tokens.check(token);
        } catch (OidcUnavailableException outage) {
            throw new AuthenticationUnavailableException("identity provider", outage);
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(type);
    }
}
