package dev.sluice.security;

import dev.sluice.account.Origin;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;

/** Finds out where a request comes from. */
public final class RequestOrigin {

    private static final String ATTRIBUTE = RequestOrigin.class.getName() + ".origin";

    private RequestOrigin() {}

    /** The request's origin with the means by which it was authenticated; an address that a proxy claims is not believed. */
    public static Origin of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Origin known ? known : by("", request);
    }

    static Origin by(String means, HttpServletRequest request) {
        return new Origin(request.getRemoteAddr(), means);
    }

    /** Keeps where an authentication that succeeded comes from. */
    static void keep(HttpServletRequest request, Authentication accepted) {
        request.setAttribute(ATTRIBUTE, accepted.getDetails());
    }
}
