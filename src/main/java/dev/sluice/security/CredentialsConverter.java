package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Finds the credentials of a request where InfluxDB 1.x looks for them; the first that are there count, also when they
 * are wrong:
 *
 * <ol>
 *   <li>{@code u} and {@code p} of the URL, when neither is empty (never those of a form body);
 *   <li>{@code Authorization: Bearer token};
 *   <li>{@code Authorization: Token user:password} (1.8+);
 *   <li>{@code Authorization: Basic …}, whose scheme alone may be written in any case.
 * </ol>
 */
final class CredentialsConverter implements AuthenticationConverter {

    private static final String BASIC = "basic ";
    private static final String BEARER = "Bearer";
    private static final String TOKEN = "Token";

    @Override
    public Authentication convert(HttpServletRequest request) {
        QueryString query = QueryString.parse(request.getQueryString());
        String user = query.first("u");
        String password = query.first("p");
        if (!user.isEmpty() && !password.isEmpty()) {
            return password(user, password);
        }
        Authentication found = fromHeader(request.getHeader("Authorization"));
        if (found == null) {
            throw new RefusedCredentialsException("unable to parse authentication credentials");
        }
        return found;
    }

    private static @Nullable Authentication fromHeader(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] words = header.split(" ", -1);
        if (words.length == 2 && words[0].equals(BEARER)) {
            // A blank one is refused by the token's own rules, yet Spring's class does not take it.
            return words[1].isEmpty() ? malformedToken() : new BearerTokenAuthenticationToken(words[1]);
        }
        if (words.length == 2 && words[0].equals(TOKEN)) {
            return split(words[1]);
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return fromBasic(header.substring(BASIC.length()));
        }
        return null;
    }

    private static Authentication malformedToken() {
        throw new RefusedCredentialsException(SharedSecretJwtDecoder.WRONG_SEGMENTS);
    }

    private static @Nullable Authentication fromBasic(String encoded) {
        try {
            return split(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException undecodable) {
            return null;
        }
    }

    private static @Nullable Authentication split(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        return colon < 0 ? null : password(userAndPassword.substring(0, colon), userAndPassword.substring(colon + 1));
    }

    private static Authentication password(String user, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(user, password);
    }
}
