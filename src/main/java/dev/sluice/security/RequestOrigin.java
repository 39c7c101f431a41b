package dev.sluice.security;

import dev.sluice.account.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Finds out where a request comes from. */
public final class RequestOrigin {

    private RequestOrigin() {}

    /** The request's origin; an address that a proxy claims is not believed. */
    public static Origin of(HttpServletRequest request) {
        return new Origin(request.getRemoteAddr(), means(request));
    }

    /** The means that decides, by the order in which the converters look. */
    private static String means(HttpServletRequest request) {
        QueryString query = QueryString.of(request);
        if (!query.first("u").isEmpty() && !query.first("p").isEmpty()) {
            return "url";
        }
        String header = AuthorizationHeader.of(request).toLowerCase(Locale.ROOT);
        for (String scheme : new String[] {"bearer", "token", "basic"}) {
            if (header.startsWith(scheme + " ")) {
                return scheme;
            }
        }
        return "";
    }
}
