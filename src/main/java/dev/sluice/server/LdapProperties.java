package dev.sluice.server;

import dev.sluice.security.ldap.FilterTemplate;
import dev.sluice.security.ldap.LdapEncryption;
import dev.sluice.security.ldap.LdapEncryption.Kind;
import dev.sluice.security.ldap.LdapServer;
import dev.sluice.security.ldap.LdapServer.Bind;
import dev.sluice.security.ldap.LdapServer.GroupSearch;
import dev.sluice.security.ldap.LdapServer.Rights;
import dev.sluice.security.ldap.LdapServer.UserSearch;
import dev.sluice.security.ldap.LdapSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.Delimiter;

/**
 * Section {@code ldap}: passwords that a directory knows, with the keys of InfluxDB Enterprise's LDAP configuration.
 *
 * @param enabled Whether the directory is asked for users who do not exist here.
 * @param servers Servers of one directory, asked in this order until one answers.
 * @param timeout How long a connection to a server, and each of its answers, may take.
 * @param cacheDuration How long a right password and its groups are remembered; 0 for not at all.
 * @param maxConnections Most connections to the directory at a time; more log-ins wait.
 */
public record LdapProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue List<Server> servers,
        @DefaultValue("5s") InfluxDuration timeout,
        @DefaultValue("5m") InfluxDuration cacheDuration,
        @DefaultValue("8") int maxConnections) {

    private static final int PORT = 389;
    private static final int LDAPS_PORT = 636;
    private static final long NANOS_PER_MILLISECOND = 1_000_000;
    private static final String DN_TEXT = "a distinguished name such as dc=example,dc=org";

    public LdapProperties {
        servers = List.copyOf(servers);
        InfluxProperties.check(
                !enabled || !servers.isEmpty(),
                "ldap.servers",
                "",
                "at least one server, as influxdb.ldap.enabled is set");
        InfluxProperties.check(
                timeout.nanos() >= NANOS_PER_MILLISECOND
                        && timeout.nanos() / NANOS_PER_MILLISECOND <= Integer.MAX_VALUE,
                "ldap.timeout",
                timeout.nanos() + "ns",
                "a duration of 1ms or more");
        InfluxProperties.check(
                maxConnections > 0, "ldap.max-connections", maxConnections, "1 or a greater whole number");
    }

    LdapSettings toSettings() {
        if (!enabled) {
            return LdapSettings.NONE;
        }
        return new LdapSettings(
                servers.stream().map(Server::toServer).toList(),
                (int) (timeout.nanos() / NANOS_PER_MILLISECOND),
                cacheDuration.nanos(),
                maxConnections);
    }

    /**
     * A server of the directory. Where a list is one text, that is one element: a DN has commas in it.
     *
     * @param host Name or address; the server's certificate must be for it.
     * @param port Where it listens; 0 for 389, or 636 with ldaps.
     * @param security How the connection is encrypted: starttls, ldaps, or none; with +insecure certificates are not looked at.
     * @param caCerts PEM file of the authorities for the server's certificate; empty for those of the JVM.
     * @param clientTlsCertificate PEM file of a certificate that is shown to the server; empty for none.
     * @param clientTlsPrivateKey PEM file of its key; empty when it stands in the certificate's file.
     * @param bindDn Account that searches; empty for nobody.
     * @param bindPassword Its password.
     * @param searchBaseDns Where users are.
     * @param searchFilter Filter for the entry of a user; %s is the name they log in by.
     * @param userAttribute Attribute with the user's name; empty for the first that search-filter compares with it.
     * @param groupSearchBaseDns Where groups are.
     * @param groupMembershipSearchFilter Filter for the groups of a user; %s is their DN, %u their name.
     * @param groupAttribute Attribute with the name of a group.
     * @param nestedGroups Whether groups of groups count.
     * @param adminGroups Groups whose members are admins.
     * @param groupMappings Roles that groups give.
     */
    public record Server(
            @DefaultValue("") String host,
            @DefaultValue("0") int port,
            @DefaultValue("starttls") String security,
            @DefaultValue("") String caCerts,
            @DefaultValue("") String clientTlsCertificate,
            @DefaultValue("") String clientTlsPrivateKey,
            @DefaultValue("") String bindDn,
            @DefaultValue("") Secret bindPassword,
            @Delimiter(Delimiter.NONE) @DefaultValue List<String> searchBaseDns,
            @DefaultValue("(uid=%s)") String searchFilter,
            @DefaultValue("") String userAttribute,
            @Delimiter(Delimiter.NONE) @DefaultValue List<String> groupSearchBaseDns,
            @DefaultValue("(member=%s)") String groupMembershipSearchFilter,
            @DefaultValue("cn") String groupAttribute,
            @DefaultValue("false") boolean nestedGroups,
            @Delimiter(Delimiter.NONE) @DefaultValue List<String> adminGroups,
            @DefaultValue List<GroupMapping> groupMappings) {

        private static final List<String> SECURITY =
                List.of("starttls", "starttls+insecure", "ldaps", "ldaps+insecure", "none");

        public Server {
            searchBaseDns = List.copyOf(searchBaseDns);
            groupSearchBaseDns = List.copyOf(groupSearchBaseDns);
            adminGroups = List.copyOf(adminGroups);
            groupMappings = List.copyOf(groupMappings);
            check(!host.isBlank(), "host", host, "the name of a server");
            check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
            check(SECURITY.contains(security), "security", security, String.join(", ", SECURITY));
            check(LdapServer.isDn(bindDn), "bind-dn", bindDn, DN_TEXT);
            check(
                    bindDn.isEmpty() || !bindPassword.isEmpty(),
                    "bind-password",
                    "",
                    "the password of bind-dn; without one it would be nobody who searches");
            check(!searchBaseDns.isEmpty(), "search-base-dns", "", DN_TEXT);
            searchBaseDns.forEach(base -> check(LdapServer.isDn(base), "search-base-dns", base, DN_TEXT));
            groupSearchBaseDns.forEach(base -> check(LdapServer.isDn(base), "group-search-base-dns", base, DN_TEXT));
            checkFilter("search-filter", searchFilter);
            checkFilter("group-membership-search-filter", groupMembershipSearchFilter);
            check(
                    !userAttribute.isEmpty()
                            || !new FilterTemplate(searchFilter)
                                    .comparedAttributes()
                                    .isEmpty(),
                    "user-attribute",
                    "",
                    "an attribute, as search-filter compares none with the name");
            check(!groupAttribute.isBlank(), "group-attribute", groupAttribute, "an attribute such as cn");
            check(
                    !groupSearchBaseDns.isEmpty() || adminGroups.isEmpty() && groupMappings.isEmpty(),
                    "group-search-base-dns",
                    "",
                    "where the groups of admin-groups and group-mappings are");
        }

        private static void check(boolean valid, String key, Object value, String allowed) {
            InfluxProperties.check(valid, "ldap.servers." + key, value, allowed);
        }

        private static void checkFilter(String key, String filter) {
            try {
                new FilterTemplate(filter);
            } catch (IllegalArgumentException malformed) {
                throw new InvalidSettingException(
                        "influxdb.ldap.servers." + key,
                        filter,
                        "an LDAP filter with %s for the value, such as (uid=%s) (" + malformed.getMessage() + ")");
            }
        }

        private LdapServer toServer() {
            boolean ldaps = security.startsWith("ldaps");
            return new LdapServer(
                    host,
                    port != 0 ? port : ldaps ? LDAPS_PORT : PORT,
                    encryption(ldaps ? Kind.LDAPS : Kind.STARTTLS),
                    new Bind(bindDn, bindPassword.value()),
                    users(),
                    groups(),
                    rights());
        }

        private LdapEncryption encryption(Kind kind) {
            if (security.equals("none")) {
                return LdapEncryption.NONE;
            }
            boolean insecure = security.endsWith("+insecure");
            OutgoingTls.Identity identity = clientTlsCertificate.isEmpty()
                    ? null
                    : new OutgoingTls.Identity(
                            "influxdb.ldap.servers.client-tls-certificate",
                            clientTlsCertificate,
                            "influxdb.ldap.servers.client-tls-private-key",
                            clientTlsPrivateKey);
            return new LdapEncryption(
                    kind,
                    OutgoingTls.context(insecure, "influxdb.ldap.servers.ca-certs", caCerts, identity),
                    !insecure);
        }

        private UserSearch users() {
            FilterTemplate filter = new FilterTemplate(searchFilter);
            String attribute =
                    userAttribute.isEmpty() ? filter.comparedAttributes().get(0) : userAttribute;
            return new UserSearch(searchBaseDns, filter, attribute);
        }

        private @Nullable GroupSearch groups() {
            return adminGroups.isEmpty() && groupMappings.isEmpty()
                    ? null
                    : new GroupSearch(
                            groupSearchBaseDns,
                            new FilterTemplate(groupMembershipSearchFilter),
                            groupAttribute,
                            nestedGroups);
        }

        private Rights rights() {
            Map<String, Set<String>> roles = new HashMap<>();
            for (GroupMapping mapping : groupMappings) {
                roles.computeIfAbsent(Rights.key(mapping.group()), group -> new HashSet<>())
                        .add(mapping.role());
            }
            return new Rights(adminGroups.stream().map(Rights::key).collect(Collectors.toSet()), roles);
        }
    }

    /**
     * A role that a group gives.
     *
     * @param group Name of the group, by group-attribute.
     * @param role Name of the role, which the meta API creates.
     */
    public record GroupMapping(
            @DefaultValue("") String group,
            @DefaultValue("") String role) {

        public GroupMapping {
            InfluxProperties.check(!group.isBlank(), "ldap.servers.group-mappings.group", "", "the name of a group");
            InfluxProperties.check(!role.isBlank(), "ldap.servers.group-mappings.role", "", "the name of a role");
        }
    }
}
