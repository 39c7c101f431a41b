package dev.sluice.security;

import dev.sluice.account.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a controller learns on whose behalf a request runs. It may as well have a parameter of type {@link Caller}.
 */
public final class CallerSource {

    private static final String ATTRIBUTE = CallerSource.class.getName() + ".caller";

    private CallerSource() {}

    /**
     * The caller, the same during the whole request.
     *
     * @throws IllegalStateException when the request has not passed the security filters; nobody is taken for somebody
     */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request has not passed the security filters");
    }

    static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
