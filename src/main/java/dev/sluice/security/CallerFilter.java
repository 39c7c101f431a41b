package dev.sluice.security;

import dev.sluice.account.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** The last of the filters: whoever has come this far becomes the request's {@link Caller}. */
final class CallerFilter extends OncePerRequestFilter {

    private final DemandPolicy policy;

    CallerFilter(DemandPolicy policy) {
        this.policy = policy;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CallerSource.set(request, caller());
        chain.doFilter(request, response);
    }

    private Caller caller() {
        if (!policy.authenticationEnabled()) {
            return Caller.UNRESTRICTED;
        }
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication user
                ? user.caller()
                : Caller.ANONYMOUS;
    }
}
