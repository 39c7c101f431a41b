package dev.sluice.security;

import dev.sluice.account.Permissions;
import dev.sluice.model.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;

/** Lets a request through when it has shown what is demanded of it. */
final class DemandAuthorizationManager implements AuthorizationManager<HttpServletRequest> {

    private static final AuthorizationDecision GRANTED = new AuthorizationDecision(true);
    private static final AuthorizationDecision DENIED = new AuthorizationDecision(false);

    private final DemandPolicy policy;

    DemandAuthorizationManager(DemandPolicy policy) {
        this.policy = policy;
    }

    /** The supplier throws when there are no credentials, which becomes a 401. */
    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, HttpServletRequest request) {
        boolean granted =
                switch (policy.of(request)) {
                    case NOTHING -> true;
                    case USER -> authentication.get() instanceof CallerAuthentication;
                    case MONITOR ->
                        authentication.get() instanceof CallerAuthentication user
                                && user.caller().has(Permission.MONITOR, Permissions.EVERYWHERE);
                    case ADMIN ->
                        authentication.get() instanceof CallerAuthentication user
                                && user.caller().isAdmin();
                    case IMPOSSIBLE -> false;
                };
        return granted ? GRANTED : DENIED;
    }
}
