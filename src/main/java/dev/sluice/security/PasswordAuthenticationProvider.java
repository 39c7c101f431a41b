package dev.sluice.security;

import dev.sluice.account.Users;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Checks a name and a password against the users. */
final class PasswordAuthenticationProvider implements AuthenticationProvider {

    private final Users users;

    PasswordAuthenticationProvider(Users users) {
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        String name = (String) credentials.getPrincipal();
        if (name.isEmpty()) {
            throw new RefusedCredentialsException("username required");
        }
        return users.authenticate(name, (String) credentials.getCredentials())
                .map(CallerAuthentication::new)
                .orElseThrow(() -> new RefusedCredentialsException("authorization failed"));
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == UsernamePasswordAuthenticationToken.class;
    }
}
