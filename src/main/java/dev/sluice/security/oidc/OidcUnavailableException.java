package dev.sluice.security.oidc;

/** The provider does not say which keys it signs with. Whether the token is right is open. */
public final class OidcUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OidcUnavailableException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
