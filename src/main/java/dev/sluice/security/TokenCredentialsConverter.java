package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Name and password from {@code Authorization: Token name:password}, which clients of InfluxDB 2 send (since 1.8). */
final class TokenCredentialsConverter implements AuthenticationConverter {

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String pair = AuthorizationHeader.secondWord(request, "Token");
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return null;
        }
        return UsernamePasswordAuthenticationToken.unauthenticated(pair.substring(0, colon), pair.substring(colon + 1));
    }
}
