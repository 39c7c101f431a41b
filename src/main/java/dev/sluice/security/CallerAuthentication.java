package dev.sluice.security;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A user who has proven who they are. It lives as long as the request and carries no authorities: what the user may do
 * depends on statement and database and is asked of the {@link Caller}.
 */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient UserAccount account;

    CallerAuthentication(UserAccount account) {
        super(List.of());
        this.account = account;
        setAuthenticated(true);
    }

    Caller caller() {
        return Caller.of(account);
    }

    @Override
    public String getPrincipal() {
        return account.name();
    }

    /** Nothing: they were needed once. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
