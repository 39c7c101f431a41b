package dev.sluice.security;

import org.springframework.security.core.AuthenticationException;

/**
 * Credentials that could not be looked at; whether they are right is open, so it is no failure of whoever sent them. The
 * message is for the client, who is to come again.
 */
abstract class AuthenticationUndecidedException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    AuthenticationUndecidedException(String text, Throwable cause) {
        super(text, cause);
    }
}
