package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Name and password from the URL's {@code u} and {@code p}. Both have to be there and not empty, else the header counts.
 * A form's {@code u} and {@code p} never do: InfluxDB does not read the body before it knows who sends it.
 */
final class UrlCredentialsConverter implements AuthenticationConverter {

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        QueryString query = QueryString.of(request);
        String user = query.first("u");
        String password = query.first("p");
        if (user.isEmpty() || password.isEmpty()) {
            return null;
        }
        return UsernamePasswordAuthenticationToken.unauthenticated(user, password);
    }
}
