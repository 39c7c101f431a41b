package dev.sluice.security;

import org.springframework.security.core.AuthenticationException;

/** Credentials that were not looked at, for want of time; whether they are right is open. */
final class AuthenticationBusyException extends AuthenticationException {

    static final String TEXT = "too many log-ins at once, try again";

    private static final long serialVersionUID = 1L;

    AuthenticationBusyException(Throwable cause) {
        super(TEXT, cause);
    }
}
