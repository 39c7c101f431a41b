package dev.sluice.security;

import dev.sluice.account.LoginsBusyException;
import dev.sluice.account.Users;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Checks name and password, wherever in the request they stood. An unknown name looks like a wrong password. */
final class PasswordAuthenticationProvider implements AuthenticationProvider {

    private final Users users;

    PasswordAuthenticationProvider(Users users) {
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        String name = credentials.getName();
        if (name.isEmpty()) {
            throw new AuthenticationRefusedException("username required");
        }
        if (!(credentials.getCredentials() instanceof String password)) {
            throw new AuthenticationRefusedException("authorization failed");
        }
        try {
            return users.authenticate(name, password)
                    .map(CallerAuthentication::new)
                    .orElseThrow(() -> new AuthenticationRefusedException("authorization failed"));
        } catch (LoginsBusyException busy) {
            throw new AuthenticationBusyException(busy);
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
