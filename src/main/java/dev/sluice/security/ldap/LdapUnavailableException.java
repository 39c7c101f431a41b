package dev.sluice.security.ldap;

/** No server of the directory answers, or none does what it is asked. Whether the password is right is open. */
public final class LdapUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LdapUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }

    LdapUnavailableException(String reason) {
        super(reason);
    }
}
