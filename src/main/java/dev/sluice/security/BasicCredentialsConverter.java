package dev.sluice.security;

import dev.sluice.security.token.GoBase64;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Name and password from {@code Authorization: Basic}. Spring's own converter does not fit: it refuses a header that it
 * cannot decode in its own words and forgives what Go's does not, such as two spaces and missing padding.
 */
final class BasicCredentialsConverter implements AuthenticationConverter {

    private static final String SCHEME = "Basic ";

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String header = AuthorizationHeader.of(request);
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] decoded =
                GoBase64.STANDARD.decode(header.substring(SCHEME.length())).bytes();
        if (decoded == null) {
            return null;
        }
        String pair = new String(decoded, StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return null;
        }
        return UsernamePasswordAuthenticationToken.unauthenticated(pair.substring(0, colon), pair.substring(colon + 1));
    }
}
