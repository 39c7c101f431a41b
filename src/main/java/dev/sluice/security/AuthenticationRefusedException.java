package dev.sluice.security;

import org.springframework.security.core.AuthenticationException;

/** Credentials that are not accepted. The message is InfluxDB's text for the client and holds no part of them. */
final class AuthenticationRefusedException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    AuthenticationRefusedException(String text) {
        super(text);
    }
}
