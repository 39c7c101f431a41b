package dev.sluice.security;

import dev.sluice.account.Caller;
import dev.sluice.account.Users;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Decides once per request on whose behalf it runs, before anything else about it is looked at, and refuses it when its
 * route asks for credentials and there are none that fit. Credentials are asked for only while there is an admin:
 * without one nobody could ever create the first ("Set up authentication", 1.x).
 */
final class CallerFilter extends OncePerRequestFilter {

    private final SecuritySettings settings;
    private final Users users;
    private final RouteAccessResolver routes;
    private final AuthenticationConverter converter;
    private final AuthenticationManager authentication;
    private final AuthenticationEntryPoint refusal;

    CallerFilter(
            SecuritySettings settings,
            Users users,
            RouteAccessResolver routes,
            AuthenticationConverter converter,
            AuthenticationManager authentication,
            AuthenticationEntryPoint refusal) {
        this.settings = settings;
        this.users = users;
        this.routes = routes;
        this.converter = converter;
        this.authentication = authentication;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!settings.authEnabled()) {
            CallerSource.set(request, Caller.UNRESTRICTED);
        } else if (!asksForCredentials(routes.resolve(request)) || !users.adminExists()) {
            CallerSource.set(request, Caller.ANONYMOUS);
        } else {
            try {
                Authentication proven = authentication.authenticate(converter.convert(request));
                CallerSource.set(request, ((CallerAuthentication) proven).caller());
                SecurityContextHolder.getContext().setAuthentication(proven);
            } catch (AuthenticationException refused) {
                refusal.commence(request, response, refused);
                return;
            }
        }
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private boolean asksForCredentials(Access access) {
        return switch (access) {
            case OPEN -> false;
            case PROBE -> settings.pingAuthEnabled();
            case USER, ADMIN -> true;
        };
    }

    /** The chain of an error page's dispatch has been passed by the request itself. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return true;
    }
}
