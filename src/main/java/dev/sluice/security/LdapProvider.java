package dev.sluice.security;

import dev.sluice.account.LoginsBusyException;
import dev.sluice.account.Origin;
import dev.sluice.account.UserAccount;
import dev.sluice.account.Users;
import dev.sluice.security.ldap.LdapLogins;
import dev.sluice.security.ldap.LdapUnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Asks a directory for the passwords of those who do not exist here. Whoever exists here is checked here alone: an outage of
 * the directory does not lock the admin out, and nobody becomes the admin by an entry of that name.
 */
final class LdapProvider implements AuthenticationProvider {

    private final LdapLogins logins;
    private final Users users;
    private final AuthenticationProvider local;

    LdapProvider(LdapLogins logins, Users users, AuthenticationProvider local) {
        this.logins = logins;
        this.users = users;
        this.local = local;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication credentials) {
        String login = credentials.getName();
        if (login.isEmpty()
                || users.find(login).isPresent()
                || !(credentials.getCredentials() instanceof String password)) {
            return local.authenticate(credentials);
        }
        CallerAuthentication accepted = new CallerAuthentication(check(login, password));
        if (credentials.getDetails() instanceof Origin origin) {
            accepted.setDetails(origin.by("ldap"));
        }
        return accepted;
    }

    private UserAccount check(String login, String password) {
        Optional<UserAccount> user;
        try {
            user = logins.authenticate(login, password);
        } catch (LoginsBusyException busy) {
            throw new AuthenticationBusyException(busy);
        } catch (LdapUnavailableException outage) {
            throw new AuthenticationUnavailableException("directory", outage);
        }
        // The directory may write a name in another way than its owner, and in that way it may exist here.
        return user.filter(known -> users.find(known.name()).isEmpty())
                .orElseThrow(() -> new AuthenticationRefusedException("authorization failed"));
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
