package dev.sluice.security;

/** There was no time to look at the credentials. */
final class AuthenticationBusyException extends AuthenticationUndecidedException {

    static final String TEXT = "too many log-ins at once, try again";

    private static final long serialVersionUID = 1L;

    AuthenticationBusyException(Throwable cause) {
        super(TEXT, cause);
    }
}
