package dev.sluice.security;

import dev.sluice.account.Users;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** Lets in the user whom a client's certificate names. It grants nothing by itself: the user's present rights count. */
final class CertificateProvider implements AuthenticationProvider {

    private final Users users;

    CertificateProvider(Users users) {
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        return users.find(credentials.getName())
                .map(CallerAuthentication::new)
                .orElseThrow(() -> new AuthenticationRefusedException("user not found"));
    }

    @Override
    public boolean supports(Class<?> type) {
        return PreAuthenticatedAuthenticationToken.class.isAssignableFrom(type);
    }
}
