package dev.sluice.security;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Credentials that were checked, and whom they prove. Keeps none of them. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final String user;

    CallerAuthentication(UserAccount account) {
        super(List.of());
        this.caller = Caller.of(account);
        this.user = account.name();
        setAuthenticated(true);
    }

    Caller caller() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return user;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
