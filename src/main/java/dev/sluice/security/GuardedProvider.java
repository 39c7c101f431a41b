package dev.sluice.security;

import dev.sluice.account.Origin;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * Stands before a provider: lets nothing through while the brakes are on, and tells what came of the rest. Who is held back
 * hears what a wrong password would have been told. Only passwords are braked: a token cannot be guessed, and checking one
 * costs little.
 */
final class GuardedProvider implements AuthenticationProvider {

    private static final String REFUSED = "authorization failed";

    private final AuthenticationProvider provider;
    private final LoginBrakes brakes;
    private final SecurityObserver observer;

    GuardedProvider(AuthenticationProvider provider, LoginBrakes brakes, SecurityObserver observer) {
        this.provider = provider;
        this.brakes = brakes;
        this.observer = observer;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication credentials) {
        Origin origin = credentials.getDetails() instanceof Origin known ? known : Origin.NOWHERE;
        boolean password = credentials instanceof UsernamePasswordAuthenticationToken;
        // A bearer token's name would be the token.
        boolean named = password || credentials instanceof PreAuthenticatedAuthenticationToken;
        String claimed = named ? credentials.getName() : "";
        if (password && brakes.isStopped(claimed, origin.address())) {
            observer.loginRefused(claimed, origin, "too many failures");
            throw new AuthenticationRefusedException(REFUSED);
        }
        try {
            Authentication accepted = provider.authenticate(credentials);
            if (accepted != null) {
                if (password) {
                    brakes.succeeded(claimed, origin.address());
                }
                // A provider that has others behind it knows better who it was.
                observer.loginSucceeded(
                        accepted.getName(), accepted.getDetails() instanceof Origin known ? known : origin);
            }
            return accepted;
        } catch (AuthenticationException refused) {
            // What was not looked at is no failure.
            if (password && !(refused instanceof AuthenticationUndecidedException)) {
                brakes.failed(claimed, origin.address());
            }
            observer.loginRefused(claimed, origin, String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return provider.supports(type);
    }
}
