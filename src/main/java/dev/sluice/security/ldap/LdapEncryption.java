package dev.sluice.security.ldap;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted.
 *
 * @param kind from the start, after a moment, or not at all
 * @param trust who is trusted; null without encryption
 * @param hostVerified whether the certificate has to be for the server's host
 */
public record LdapEncryption(Kind kind, @Nullable SSLContext trust, boolean hostVerified) {

    /** When encryption begins. */
    public enum Kind {
        NONE,
        STARTTLS,
        LDAPS
    }

    /** Passwords can be read by whoever reads the network. */
    public static final LdapEncryption NONE = new LdapEncryption(Kind.NONE, null, false);
}
