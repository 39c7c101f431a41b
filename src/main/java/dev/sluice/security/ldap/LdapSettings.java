package dev.sluice.security.ldap;

import java.util.List;

/**
 * Which directory is asked for passwords.
 *
 * @param servers of one directory, in the order in which they are asked; empty for none
 * @param timeoutMillis how long a connection and each answer may take
 * @param rememberedNanos how long an answer is good without asking again; 0 for not at all
 * @param maxConnections how many connections are open at a time, at least 1
 */
public record LdapSettings(List<LdapServer> servers, int timeoutMillis, long rememberedNanos, int maxConnections) {

    /** No directory. */
    public static final LdapSettings NONE = new LdapSettings(List.of(), 1, 0, 1);

    public LdapSettings {
        servers = List.copyOf(servers);
    }

    public boolean isEnabled() {
        return !servers.isEmpty();
    }
}
