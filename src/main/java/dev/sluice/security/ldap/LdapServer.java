package dev.sluice.security.ldap;

import com.unboundid.ldap.sdk.DN;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server of a directory, and how users and groups are found in it.
 *
 * @param host name or address; the server's certificate must be for it
 * @param port where it listens
 * @param encryption how the connection is encrypted
 * @param bind who searches
 * @param users where users are, and by what
 * @param groups where groups are, and by what; null when nobody asks
 * @param rights what groups give
 */
public record LdapServer(
        String host,
        int port,
        LdapEncryption encryption,
        Bind bind,
        UserSearch users,
        @Nullable GroupSearch groups,
        Rights rights) {

    /** Whether a text has the form of a distinguished name; the empty one has. */
    public static boolean isDn(String text) {
        return DN.isValidDN(text);
    }

    /**
     * Who searches.
     *
     * @param dn empty for nobody
     * @param password of theirs
     */
    public record Bind(String dn, String password) {

        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Bind[dn=" + dn + "]";
        }
    }

    /**
     * How the entry of somebody who logs in is found.
     *
     * @param bases below which it is searched
     * @param filter that matches it and no other
     * @param nameAttribute with the name of the user, however they wrote it when they logged in
     */
    public record UserSearch(List<String> bases, FilterTemplate filter, String nameAttribute) {

        public UserSearch {
            bases = List.copyOf(bases);
        }
    }

    /**
     * How the groups of an entry are found.
     *
     * @param bases below which they are searched
     * @param filter that matches the groups which have the entry as a member
     * @param nameAttribute with the name by which {@link Rights} knows a group
     * @param nested whether groups of groups count
     */
    public record GroupSearch(List<String> bases, FilterTemplate filter, String nameAttribute, boolean nested) {

        public GroupSearch {
            bases = List.copyOf(bases);
        }
    }

    /**
     * What groups give. Their names are compared as directories do, in whatever case.
     *
     * @param adminGroups whose members may do everything
     * @param rolesByGroup roles of the members
     */
    public record Rights(Set<String> adminGroups, Map<String, Set<String>> rolesByGroup) {

        public Rights {
            adminGroups = Set.copyOf(adminGroups);
            rolesByGroup = Map.copyOf(rolesByGroup);
        }

        /** The form in which names of groups are compared. */
        public static String key(String group) {
            return group.strip().toLowerCase(Locale.ROOT);
        }
    }
}
