package dev.sluice.security;

/** Whoever knows about the credentials does not answer. */
final class AuthenticationUnavailableException extends AuthenticationUndecidedException {

    static final String TEXT = "directory is not available, try again";

    private static final long serialVersionUID = 1L;

    AuthenticationUnavailableException(Throwable cause) {
        super(TEXT, cause);
    }
}
