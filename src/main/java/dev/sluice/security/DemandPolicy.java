package dev.sluice.security;

import dev.sluice.account.Users;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Says what a request has to show. The answer is found once per request and kept in it, so that all filters act on the
 * same one even when the first admin is created between them.
 */
final class DemandPolicy {

    private static final String ATTRIBUTE = DemandPolicy.class.getName() + ".demand";

    private final boolean authenticationEnabled;
    private final boolean probesAuthenticated;
    private final boolean monitoringAuthenticated;
    private final Users users;
    private final RouteAccessLookup routes;

    DemandPolicy(SecuritySettings settings, Users users, RouteAccessLookup routes) {
        this.authenticationEnabled = settings.authEnabled();
        this.probesAuthenticated = settings.pingAuthEnabled();
        this.monitoringAuthenticated = settings.monitorAuthEnabled();
        this.users = users;
        this.routes = routes;
    }

    boolean authenticationEnabled() {
        return authenticationEnabled;
    }

    Demand of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Demand known) {
            return known;
        }
        Demand demand = authenticationEnabled ? whenEnabled(request) : Demand.NOTHING;
        request.setAttribute(ATTRIBUTE, demand);
        return demand;
    }

    private Demand whenEnabled(HttpServletRequest request) {
        return switch (routes.find(request)) {
            case OPEN -> Demand.NOTHING;
            case PROBE -> probesAuthenticated && users.adminExists() ? Demand.USER : Demand.NOTHING;
            case MONITOR -> monitoringAuthenticated && users.adminExists() ? Demand.MONITOR : Demand.NOTHING;
            case USER -> users.adminExists() ? Demand.USER : Demand.NOTHING;
            case ADMIN -> users.adminExists() ? Demand.ADMIN : Demand.IMPOSSIBLE;
        };
    }
}
