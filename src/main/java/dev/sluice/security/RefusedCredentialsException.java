package dev.sluice.security;

import org.springframework.security.core.AuthenticationException;

/** Credentials that are missing, cannot be read or do not fit; the message is InfluxDB's text for the client. */
final class RefusedCredentialsException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    RefusedCredentialsException(String message) {
        super(message);
    }
}
