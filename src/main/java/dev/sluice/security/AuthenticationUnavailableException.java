package dev.sluice.security;

/** Whoever knows about the credentials does not answer. */
final class AuthenticationUnavailableException extends AuthenticationUndecidedException {

    private static final long serialVersionUID = 1L;

    /**
     * An outage.
     *
     * @param who does not answer, as clients are told
     */
    AuthenticationUnavailableException(String who, Throwable cause) {
        super(who + " is not available, try again", cause);
    }
}
