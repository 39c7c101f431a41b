package dev.sluice.security.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.OperationType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A directory in memory, on 127.0.0.1: joe is in the group operators, which is in staff; ann is in admins, bob in none. Each
 * has their name as the password. Only {@link #SEARCHER} may search.
 */
public final class TestDirectory implements AutoCloseable {

    public static final String BASE = "dc=plant,dc=example";
    public static final String PEOPLE = "ou=people," + BASE;
    public static final String GROUPS = "ou=groups," + BASE;
    public static final String SEARCHER = "cn=searcher," + BASE;
    public static final String SEARCHER_PASSWORD = "search";

    private final InMemoryDirectoryServer server;
    private final List<String> binds = new CopyOnWriteArrayList<>();
    private final List<String> searches = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeAnswers = () -> {};

    /** Without encryption. */
    public static TestDirectory plain() throws Exception {
        return new TestDirectory(port -> InMemoryListenerConfig.createLDAPConfig("plain", loopback(), port, null));
    }

    /** With StartTLS. */
    static TestDirectory startTls(SSLContext context) throws Exception {
        return new TestDirectory(port ->
                InMemoryListenerConfig.createLDAPConfig("starttls", loopback(), port, context.getSocketFactory()));
    }

    /** With TLS from the start; whether clients have to show a certificate, the context's trust says who. */
    static TestDirectory ldaps(SSLContext context, boolean clientCertificate) throws Exception {
        return new TestDirectory(port -> InMemoryListenerConfig.createLDAPSConfig(
                "ldaps",
                loopback(),
                port,
                context.getServerSocketFactory(),
                null,
                clientCertificate,
                clientCertificate));
    }

    private interface Listener {
        InMemoryListenerConfig on(int port) throws LDAPException;
    }

    private TestDirectory(Listener listener) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(listener.on(freePort()));
        config.setSchema(null);
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        config.addAdditionalBindCredentials(SEARCHER, SEARCHER_PASSWORD);
        config.addInMemoryOperationInterceptor(new Recorder());
        server = new InMemoryDirectoryServer(config);
        server.add(new Entry(BASE, new Attribute("objectClass", "domain")));
        server.add(new Entry(PEOPLE, new Attribute("objectClass", "organizationalUnit")));
        server.add(new Entry(GROUPS, new Attribute("objectClass", "organizationalUnit")));
        addUser("joe");
        addUser("ann");
        addUser("bob");
        addGroup("operators", userDn("joe"));
        addGroup("admins", userDn("ann"));
        addGroup("staff", groupDn("operators"));
        server.startListening();
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** Fixed, so that the directory can come back where it was. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    private final class Recorder extends InMemoryOperationInterceptor {

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
            beforeAnswers.run();
            binds.add(request.getRequest().getBindDN());
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            searches.add(request.getRequest().getFilter().toString());
        }
    }

    public static String userDn(String uid) {
        return "uid=" + uid + "," + PEOPLE;
    }

    static String groupDn(String cn) {
        return "cn=" + cn + "," + GROUPS;
    }

    public void addUser(String uid) throws LDAPException {
        addEntry(userDn(uid), "uid", uid, uid);
    }

    /** Somebody with a DN and a name of their own. */
    void addEntry(String dn, String attribute, String name, String password) throws LDAPException {
        server.add(new Entry(
                dn,
                new Attribute("objectClass", "inetOrgPerson"),
                new Attribute(attribute, name),
                new Attribute("mail", name + "@plant.example"),
                new Attribute("userPassword", password)));
    }

    public void addGroup(String cn, String... members) throws LDAPException {
        server.add(new Entry(
                groupDn(cn),
                new Attribute("objectClass", "groupOfNames"),
                new Attribute("cn", cn),
                new Attribute("member", members)));
    }

    public void addMember(String cn, String member) throws LDAPException {
        server.modify(groupDn(cn), new Modification(ModificationType.ADD, "member", member));
    }

    public void removeMember(String cn, String member) throws LDAPException {
        server.modify(groupDn(cn), new Modification(ModificationType.DELETE, "member", member));
    }

    public void setPassword(String uid, String password) throws LDAPException {
        server.modify(userDn(uid), new Modification(ModificationType.REPLACE, "userPassword", password));
    }

    /** Does something before every bind is answered. */
    void setBeforeAnswers(Runnable work) {
        this.beforeAnswers = work;
    }

    /** The DNs that were bound, in order. */
    List<String> binds() {
        return List.copyOf(binds);
    }

    /** The filters that were asked for, in order. */
    List<String> searches() {
        return List.copyOf(searches);
    }

    void forgetRequests() {
        binds.clear();
        searches.clear();
    }

    public int port() {
        return server.getListenPort();
    }

    public void stop() {
        server.shutDown(true);
    }

    public void restart() throws LDAPException {
        server.startListening();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    /** A server entry of the settings for this directory. */
    LdapServer server(LdapEncryption encryption, String password, boolean nested) {
        return server("127.0.0.1", encryption, password, "(uid=%s)", "uid", nested);
    }

    LdapServer server(
            String host,
            LdapEncryption encryption,
            String password,
            String filter,
            @Nullable String nameAttribute,
            boolean nested) {
        return new LdapServer(
                host,
                port(),
                encryption,
                new LdapServer.Bind(SEARCHER, password),
                new LdapServer.UserSearch(
                        List.of(PEOPLE), new FilterTemplate(filter), nameAttribute == null ? "uid" : nameAttribute),
                new LdapServer.GroupSearch(List.of(GROUPS), new FilterTemplate("(member=%s)"), "cn", nested),
                new LdapServer.Rights(
                        Set.of("admins"), Map.of("operators", Set.of("writers"), "staff", Set.of("readers"))));
    }
}
