package dev.sluice.security.ldap;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.PasswordExpiredControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import dev.sluice.security.ldap.LdapEncryption.Kind;
import dev.sluice.security.ldap.LdapServer.GroupSearch;
import dev.sluice.security.ldap.LdapServer.Rights;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One server of a directory. A log-in has a connection of its own: the searching account finds the entry, the connection is
 * bound as that entry with the password, and the searching account finds the groups. What stands in a name or a DN is
 * escaped, referrals are not followed. Thread-safe.
 */
final class LdapDirectory {

    private static final Logger LOG = System.getLogger(LdapDirectory.class.getName());

    /** No groups of a user are more than these; what a loop or a mistake brings is cut off. */
    private static final int MAX_GROUPS = 10_000;

    /** An answer to a bind that says something about the account, be it that its password is wrong. */
    private static final Set<ResultCode> REFUSALS = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            // Locked and expired accounts, by the server's make.
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM);

    private final LdapServer server;
    private final LDAPConnectionOptions options;
    private final int timeoutMillis;

    LdapDirectory(LdapServer server, int timeoutMillis) {
        this.server = server;
        this.timeoutMillis = timeoutMillis;
        this.options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(timeoutMillis);
        options.setResponseTimeoutMillis(timeoutMillis);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        // One request after the other: no thread that reads.
        options.setUseSynchronousMode(true);
        if (server.encryption().hostVerified()) {
            options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        }
    }

    /**
     * The user when name and password fit.
     *
     * @throws LDAPException when the server does not answer, or not what it is asked
     */
    Optional<DirectoryUser> authenticate(String login, String password) throws LDAPException {
        try (LDAPConnection connection = connect()) {
            bindSearcher(connection);
            SearchResultEntry entry = findUser(connection, login);
            if (entry == null) {
                bindAsNobody(connection, password);
                return Optional.empty();
            }
            if (!isPassword(connection, entry.getDN(), password)) {
                return Optional.empty();
            }
            String name = name(entry, login);
            if (name == null) {
                return Optional.empty();
            }
            return Optional.of(withRights(name, groups(connection, entry.getDN(), name)));
        }
    }

    private LDAPConnection connect() throws LDAPException {
        LdapEncryption encryption = server.encryption();
        if (encryption.kind() == Kind.LDAPS && encryption.trust() != null) {
            return new LDAPConnection(encryption.trust().getSocketFactory(), options, server.host(), server.port());
        }
        LDAPConnection connection =
                new LDAPConnection(SocketFactory.getDefault(), options, server.host(), server.port());
        if (encryption.kind() == Kind.STARTTLS && encryption.trust() != null) {
            try {
                LDAPResult begun = connection.processExtendedOperation(new StartTLSExtendedRequest(encryption.trust()));
                if (begun.getResultCode() != ResultCode.SUCCESS) {
                    throw new LDAPException(begun.getResultCode(), "StartTLS: " + begun.getDiagnosticMessage());
                }
            } catch (LDAPException refused) {
                connection.close();
                throw refused;
            }
        }
        return connection;
    }

    private void bindSearcher(LDAPConnection connection) throws LDAPException {
        if (!server.bind().dn().isEmpty()) {
            connection.bind(
                    new SimpleBindRequest(server.bind().dn(), server.bind().password()));
        }
    }

    private @Nullable SearchResultEntry findUser(LDAPConnection connection, String login) throws LDAPException {
        LdapServer.UserSearch users = server.users();
        Filter filter = users.filter().fill(login, login);
        List<SearchResultEntry> found = new ArrayList<>();
        for (String base : users.bases()) {
            // One more than there may be.
            found.addAll(search(connection, base, filter, 2, users.nameAttribute()));
        }
        if (found.size() > 1) {
            LOG.log(
                    Level.WARNING,
                    "{0}: several entries match {1}, so nobody logs in by it; search-filter must match one",
                    server.host(),
                    filter);
            return null;
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private List<SearchResultEntry> search(
            LDAPConnection connection, String base, Filter filter, int limit, String... attributes)
            throws LDAPException {
        SearchRequest request = new SearchRequest(
                base,
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                limit,
                Math.max(1, timeoutMillis / 1000),
                false,
                filter,
                attributes);
        try {
            return connection.search(request).getSearchEntries();
        } catch (LDAPSearchException partial) {
            if (partial.getResultCode() == ResultCode.SIZE_LIMIT_EXCEEDED) {
                return partial.getSearchEntries();
            }
            throw partial;
        }
    }

    private static boolean isPassword(LDAPConnection connection, String dn, String password) throws LDAPException {
        try {
            BindResult result = connection.bind(new SimpleBindRequest(dn, password));
            // Such a user may do nothing but change the password.
            return PasswordExpiredControl.get(result) == null;
        } catch (LDAPException refused) {
            if (REFUSALS.contains(refused.getResultCode())) {
                return false;
            }
            throw refused;
        }
    }

    /** Waits for as many answers as for somebody who is there, so that time does not tell who is. */
    private void bindAsNobody(LDAPConnection connection, String password) {
        try {
            connection.bind(
                    new SimpleBindRequest("cn=nobody," + server.users().bases().get(0), password));
        } catch (LDAPException asExpected) {
            LOG.log(Level.TRACE, "nobody", asExpected);
        }
    }

    /**
     * The name as the directory has it: directories compare in whatever case and past spaces, names of users here are
     * compared by character, and one person must not be many.
     */
    private @Nullable String name(SearchResultEntry entry, String login) {
        String[] names = entry.getAttributeValues(server.users().nameAttribute());
        if (names == null) {
            LOG.log(
                    Level.WARNING,
                    "{0}: {1} has no {2}, which is the name of the user; they cannot log in",
                    server.host(),
                    entry.getDN(),
                    server.users().nameAttribute());
            return null;
        }
        for (String name : names) {
            if (name.equalsIgnoreCase(login)) {
                return name;
            }
        }
        return names[0];
    }

    private Set<String> groups(LDAPConnection connection, String userDn, String name) throws LDAPException {
        Set<String> names = new HashSet<>();
        GroupSearch search = server.groups();
        if (search == null) {
            return names;
        }
        bindSearcher(connection);
        Set<String> seen = new HashSet<>(Set.of(userDn));
        Deque<String> members = new ArrayDeque<>(seen);
        while (!members.isEmpty()) {
            Filter filter = search.filter().fill(members.remove(), name);
            for (String base : search.bases()) {
                for (SearchResultEntry group : search(connection, base, filter, MAX_GROUPS, search.nameAttribute())) {
                    String[] values = group.getAttributeValues(search.nameAttribute());
                    if (values != null) {
                        names.addAll(List.of(values));
                    }
                    if (search.nested() && seen.size() < MAX_GROUPS && seen.add(group.getDN())) {
                        members.add(group.getDN());
                    }
                }
            }
        }
        return names;
    }

    private DirectoryUser withRights(String name, Set<String> groups) {
        boolean admin = false;
        Set<String> roles = new HashSet<>();
        for (String group : groups) {
            String key = Rights.key(group);
            admin |= server.rights().adminGroups().contains(key);
            roles.addAll(server.rights().rolesByGroup().getOrDefault(key, Set.of()));
        }
        return new DirectoryUser(name, admin, roles);
    }

    @Override
    public String toString() {
        return server.host() + ":" + server.port();
    }
}
