package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.security.ldap.LdapEncryption.Kind;
import dev.sluice.security.ldap.LdapServer;
import dev.sluice.security.ldap.LdapSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LdapPropertiesTests {

    private static final String SERVER = "ldap.servers[0].";

    private static LdapSettings settings(String... keysAndValues) {
        List<String> all = new ArrayList<>(List.of("ldap.enabled", "true", SERVER + "host", "ldap.example.org"));
        all.addAll(List.of(keysAndValues));
        if (all.stream().noneMatch(key -> key.startsWith(SERVER + "search-base-dns"))) {
            all.addAll(List.of(SERVER + "search-base-dns", "dc=example"));
        }
        return TestSettings.of(all.toArray(String[]::new)).ldap().toSettings();
    }

    private static LdapServer server(String... keysAndValues) {
        return settings(keysAndValues).servers().get(0);
    }

    @Test
    void settingsWhenNothingIsSetThenThereIsNoDirectory() {
        assertThat(TestSettings.of().ldap().toSettings().isEnabled()).isFalse();
        assertThat(settings("ldap.enabled", "false").isEnabled()).isFalse();
    }

    @Test
    void settingsWhenLittleIsSetThenConnectionsAreEncryptedAndCertificatesLookedAt() {
        LdapServer server = server();

        assertThat(server.port()).isEqualTo(389);
        assertThat(server.encryption().kind()).isEqualTo(Kind.STARTTLS);
        assertThat(server.encryption().trust()).isNotNull();
        assertThat(server.encryption().hostVerified()).isTrue();
        assertThat(server.users().nameAttribute()).isEqualTo("uid");
        assertThat(server.groups()).isNull();
        assertThat(settings().timeoutMillis()).isEqualTo(5_000);
        assertThat(settings().rememberedNanos()).isEqualTo(300_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "starttls,          STARTTLS, true,  389",
        "starttls+insecure, STARTTLS, false, 389",
        "ldaps,             LDAPS,    true,  636",
        "ldaps+insecure,    LDAPS,    false, 636",
        "none,              NONE,     false, 389"
    })
    void securityWhenSetThenSaysAllOfEncryption(String security, Kind kind, boolean verified, int port) {
        LdapServer server = server(SERVER + "security", security);

        assertThat(server.encryption().kind()).isEqualTo(kind);
        assertThat(server.encryption().hostVerified()).isEqualTo(verified);
        assertThat(server.port()).isEqualTo(port);
    }

    @Test
    void settingsWhenTheyAreThoseOfActiveDirectoryThenTheyAreTaken() {
        LdapServer server = server(
                SERVER + "port", "3268",
                SERVER + "bind-dn", "cn=sluice,dc=example",
                SERVER + "bind-password", "secret",
                SERVER + "search-filter", "(&(objectClass=user)(sAMAccountName=%s))",
                SERVER + "search-base-dns[0]", "ou=people,dc=example",
                SERVER + "search-base-dns[1]", "dc=guests",
                SERVER + "group-search-base-dns", "ou=groups,dc=example",
                SERVER + "group-membership-search-filter", "(member:1.2.840.113556.1.4.1941:=%s)",
                SERVER + "nested-groups", "true",
                SERVER + "admin-groups", "Domain Admins",
                SERVER + "group-mappings[0].group", "Operators",
                SERVER + "group-mappings[0].role", "writers",
                SERVER + "group-mappings[1].group", "operators",
                SERVER + "group-mappings[1].role", "readers");

        assertThat(server.port()).isEqualTo(3268);
        assertThat(server.users().bases()).containsExactly("ou=people,dc=example", "dc=guests");
        assertThat(Objects.requireNonNull(server.groups()).bases()).containsExactly("ou=groups,dc=example");
        assertThat(server.users().nameAttribute()).isEqualTo("sAMAccountName");
        assertThat(Objects.requireNonNull(server.groups()).nested()).isTrue();
        assertThat(server.rights().adminGroups()).containsExactly("domain admins");
        assertThat(server.rights().rolesByGroup()).isEqualTo(Map.of("operators", Set.of("writers", "readers")));
        assertThat(server.toString() + server.bind()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "host; ''; influxdb.ldap.servers.host",
                "port; 65536; influxdb.ldap.servers.port",
                "security; ssl; influxdb.ldap.servers.security",
                "bind-dn; searcher; influxdb.ldap.servers.bind-dn",
                "bind-dn; cn=searcher; influxdb.ldap.servers.bind-password",
                "search-base-dns; example; influxdb.ldap.servers.search-base-dns",
                "search-filter; (uid=%s; influxdb.ldap.servers.search-filter",
                "search-filter; (uid=joe); influxdb.ldap.servers.search-filter",
                "search-filter; (uid=*%s*); influxdb.ldap.servers.user-attribute",
                "group-membership-search-filter; (member=x); influxdb.ldap.servers.group-membership-search-filter",
                "group-attribute; ' '; influxdb.ldap.servers.group-attribute",
                "admin-groups; admins; influxdb.ldap.servers.group-search-base-dns",
                "group-mappings[0].group; x; influxdb.ldap.servers.group-mappings.role",
                "group-mappings[0].role; x; influxdb.ldap.servers.group-mappings.group"
            })
    void settingWhenWrongThenIsNamed(String key, String value, String named) {
        Throwable refusal = catchThrowable(() -> server(SERVER + key, value));
        while (refusal != null && !(refusal instanceof InvalidSettingException)) {
            refusal = refusal.getCause();
        }
        assertThat(refusal).isNotNull();
        assertThat(((InvalidSettingException) refusal).key()).isEqualTo(named);
    }

    @Test
    void filesWhenTheyCannotBeUsedThenTheirSettingIsNamed(@TempDir Path folder) throws Exception {
        String none = folder.resolve("none.pem").toString();
        String empty = Files.writeString(folder.resolve("empty.pem"), "").toString();

        assertThat(catchThrowable(() -> server(SERVER + "ca-certs", none)))
                .isInstanceOf(UnusableResourceException.class)
                .hasMessageStartingWith("influxdb.ldap.servers.ca-certs is '");
        assertThat(catchThrowable(() -> server(SERVER + "ca-certs", empty)))
                .isInstanceOf(UnusableResourceException.class);
        assertThat(catchThrowable(() -> server(SERVER + "client-tls-certificate", none)))
                .isInstanceOf(UnusableResourceException.class)
                .hasMessageStartingWith("influxdb.ldap.servers.client-tls-certificate is '");
    }
}
