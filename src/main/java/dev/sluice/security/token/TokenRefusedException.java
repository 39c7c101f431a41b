package dev.sluice.security.token;

import org.springframework.security.oauth2.jwt.BadJwtException;

/** A token that is no good. The message is InfluxDB's text for the client. */
final class TokenRefusedException extends BadJwtException {

    private static final long serialVersionUID = 1L;

    TokenRefusedException(String text) {
        super(text);
    }
}
