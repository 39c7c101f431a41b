package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.account.Permissions;
import dev.sluice.account.Roles;
import dev.sluice.model.Permission;
import dev.sluice.security.Api.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Every kind of statement, sent by users who hold one permission each in one scope, by every means of authentication, an
 * identity provider's among them. What each needs stands here as Enterprise's documentation has it ("Enterprise users and
 * permissions", table of statements), and comes from nowhere in the service.
 *
 * <p>Behind every statement stands one that the user may not run. As a request is refused as a whole, nothing is ever done, and
 * the refusal tells which of the two was the first that is forbidden.
 */
@Tag("integration")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.auth-enabled=true",
            "influxdb.meta.http-enabled=false",
            "influxdb.http.log-enabled=false",
            "influxdb.oidc.audience=sluice",
            "influxdb.http.shared-secret=" + Means.SECRET
        })
class PermissionClosureIntegrationTests {

    /**
     * A statement and the permissions that it needs, each for a database or, with {@code *}, everywhere; those behind a bar do
     * as well. The request's database is db1.
     */
    private static final String DOCUMENTED = """
            SELECT v FROM m                                              ; ReadData@db1
            SELECT v FROM db1.autogen.m                                  ; ReadData@db1
            SELECT mean(v) FROM /m.*/ GROUP BY *                         ; ReadData@db1
            SELECT v FROM db2..m                                         ; ReadData@db2
            SELECT v FROM m, db2..m                                      ; ReadData@db1 ReadData@db2
            SELECT v FROM (SELECT v FROM db2..m)                         ; ReadData@db2
            SELECT v INTO x FROM m                                       ; ReadData@db1 WriteData@db1
            SELECT v INTO db2..x FROM m                                  ; ReadData@db1 WriteData@db2
            SELECT v INTO x FROM db2..m                                  ; ReadData@db2 WriteData@db1
            EXPLAIN SELECT v FROM m                                      ; ReadData@db1
            EXPLAIN ANALYZE SELECT v FROM db2..m                         ; ReadData@db2
            DELETE FROM m                                                ; DropData@db1
            DELETE WHERE time < 10                                       ; DropData@db1
            DROP SERIES FROM m                                           ; DropData@db1
            DROP SERIES WHERE host = 'a'                                 ; DropData@db1
            DROP MEASUREMENT m                                           ; DropData@db1
            DROP SHARD 1                                                 ; ManageShard@*
            SHOW SHARDS                                                  ; ManageShard@*
            SHOW SHARD GROUPS                                            ; ManageShard@*
            SHOW DATABASES                                               ;
            SHOW MEASUREMENTS                                            ; ReadData@db1
            SHOW MEASUREMENTS ON db2                                     ; ReadData@db2
            SHOW MEASUREMENTS WITH MEASUREMENT =~ /m/                    ; ReadData@db1
            SHOW SERIES                                                  ; ReadData@db1
            SHOW SERIES ON db2                                           ; ReadData@db2
            SHOW SERIES FROM db2..m                                      ; ReadData@db1 ReadData@db2
            SHOW TAG KEYS                                                ; ReadData@db1
            SHOW TAG KEYS ON db2                                         ; ReadData@db2
            SHOW TAG VALUES WITH KEY = host                              ; ReadData@db1
            SHOW TAG VALUES ON db2 WITH KEY IN (host, region)            ; ReadData@db2
            SHOW FIELD KEYS                                              ; ReadData@db1
            SHOW FIELD KEYS ON db2 FROM m                                ; ReadData@db2
            SHOW SERIES CARDINALITY                                      ; ReadData@db1
            SHOW SERIES EXACT CARDINALITY ON db2                         ; ReadData@db2
            SHOW MEASUREMENT CARDINALITY                                 ; ReadData@db1
            SHOW MEASUREMENT EXACT CARDINALITY ON db2                    ; ReadData@db2
            SHOW TAG KEY CARDINALITY                                     ; ReadData@db1
            SHOW TAG KEY EXACT CARDINALITY ON db2                        ; ReadData@db2
            SHOW TAG VALUES CARDINALITY WITH KEY = host                  ; ReadData@db1
            SHOW TAG VALUES EXACT CARDINALITY ON db2 WITH KEY = host     ; ReadData@db2
            SHOW FIELD KEY CARDINALITY                                   ; ReadData@db1
            SHOW FIELD KEY EXACT CARDINALITY ON db2                      ; ReadData@db2
            SHOW RETENTION POLICIES                                      ; ReadData@db1 | CreateDatabase@db1
            SHOW RETENTION POLICIES ON db2                               ; ReadData@db2 | CreateDatabase@db2
            CREATE DATABASE x                                            ; CreateDatabase@*
            CREATE DATABASE x WITH DURATION 2h NAME p                    ; CreateDatabase@*
            DROP DATABASE db1                                            ; DropDatabase@*
            CREATE RETENTION POLICY p ON db1 DURATION 2h REPLICATION 1   ; CreateDatabase@db1
            ALTER RETENTION POLICY autogen ON db2 DURATION 3h            ; CreateDatabase@db2
            DROP RETENTION POLICY autogen ON db1                         ; DropDatabase@db1
            DROP RETENTION POLICY autogen ON db2                         ; DropDatabase@db2
            CREATE USER x WITH PASSWORD 'p'                              ; CreateUserAndRole@*
            CREATE USER x WITH PASSWORD 'p' WITH ALL PRIVILEGES          ; CreateUserAndRole@*
            DROP USER admin                                              ; CreateUserAndRole@*
            SET PASSWORD FOR admin = 'p'                                 ; CreateUserAndRole@*
            GRANT READ ON db1 TO admin                                   ; CreateUserAndRole@*
            GRANT ALL PRIVILEGES TO admin                                ; CreateUserAndRole@*
            REVOKE WRITE ON db1 FROM admin                               ; CreateUserAndRole@*
            REVOKE ALL PRIVILEGES FROM admin                             ; CreateUserAndRole@*
            SHOW USERS                                                   ; CreateUserAndRole@*
            SHOW GRANTS FOR admin                                        ; CreateUserAndRole@*
            DROP CONTINUOUS QUERY c ON db1                               ; ManageContinuousQuery@db1
            DROP CONTINUOUS QUERY c ON db2                               ; ManageContinuousQuery@db2
            SHOW CONTINUOUS QUERIES                                      ; ManageContinuousQuery@db1
            CREATE CONTINUOUS QUERY c ON db1 BEGIN SELECT mean(v) INTO x FROM m GROUP BY time(1m) END \
            ; ManageContinuousQuery@db1 ReadData@db1 WriteData@db1
            CREATE SUBSCRIPTION s ON db1.autogen DESTINATIONS ALL 'udp://h:1' ; ManageSubscription@db1
            DROP SUBSCRIPTION s ON db2.autogen                           ; ManageSubscription@db2
            SHOW SUBSCRIPTIONS                                           ; ManageSubscription@db1
            SHOW QUERIES                                                 ; ManageQuery@*
            KILL QUERY 1                                                 ; ManageQuery@*
            SHOW STATS                                                   ; Monitor@*
            SHOW DIAGNOSTICS                                             ; Monitor@*
            """;

    private static final String STATE =
            "SHOW DATABASES; SHOW USERS; SHOW GRANTS FOR admin; SHOW RETENTION POLICIES ON db1;"
                    + "SHOW RETENTION POLICIES ON db2; SHOW CONTINUOUS QUERIES; SHOW SUBSCRIPTIONS; SHOW SHARDS;"
                    + "SHOW SERIES ON db1; SHOW SERIES ON db2; SHOW FIELD KEYS ON db1";

    @TempDir
    static Path folder;

    private static HttpServer provider;
    private static RSAKey key;

    private final Api api;
    private final Roles roles;

    /** A permission, and the scope in which a user holds it alone. */
    private record Holding(Permission permission, String scope) {

        boolean isEnoughFor(String need) {
            String[] parts = need.split("@");
            return permission.influxName().equals(parts[0]) && (scope.isEmpty() || scope.equals(parts[1]));
        }
    }

    @Autowired
    PermissionClosureIntegrationTests(@LocalServerPort int port, Roles roles) {
        this.api = new Api(port);
        this.roles = roles;
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        byte[] keys = new JWKSet(List.of(key.toPublicJWK())).toString().getBytes(StandardCharsets.UTF_8);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        provider.start();
        String uri = "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys";
        properties.add("influxdb.oidc.jwk-set-uri", () -> uri);
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @AfterAll
    static void stopProvider() {
        provider.stop(0);
    }

    private static String providersToken(String user) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(user)
                .audience("sluice")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3_600)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return "Bearer " + token.serialize();
    }

    private void must(String statement) {
        Answer answer = api.query(statement, "", Means.JWT, "admin", "");
        assertThat(answer.status()).as(statement + ": " + answer.body()).isEqualTo(200);
        assertThat(answer.body()).as(statement).doesNotContain("\"error\"");
    }

    /** Users by name with what they hold; one holds nothing. */
    private Map<String, List<Holding>> createUsers() {
        Map<String, List<Holding>> users = new LinkedHashMap<>();
        users.put("nothing", List.of());
        for (Permission permission : Permission.values()) {
            List<String> scopes = isForDatabases(permission) ? List.of("", "db1", "db2") : List.of("");
            for (String scope : scopes) {
                users.put(permission.influxName() + "_" + scope, List.of(new Holding(permission, scope)));
            }
        }
        users.forEach((name, held) -> {
            must("CREATE USER \"" + name + "\" WITH PASSWORD 'p'");
            held.forEach(one -> roles.addUserPermissions(name, Permissions.of(one.scope(), one.permission())));
        });
        return users;
    }

    /** By the documentation's table of statements, which names databases for these alone. */
    private static boolean isForDatabases(Permission permission) {
        return List.of(
                        "CreateDatabase",
                        "DropDatabase",
                        "DropData",
                        "ReadData",
                        "WriteData",
                        "ManageContinuousQuery",
                        "ManageSubscription")
                .contains(permission.influxName());
    }

    private static boolean isAllowed(String needs, List<Holding> held) {
        if (needs.isBlank()) {
            return true;
        }
        return Arrays.stream(needs.split("\\|"))
                .anyMatch(alternative -> Arrays.stream(alternative.strip().split(" "))
                        .allMatch(need -> held.stream().anyMatch(holding -> holding.isEnoughFor(need))));
    }

    @Test
    void statementWhenOnePermissionIsHeldThenOnlyWhatIsDocumentedForItIsAllowed() throws JOSEException {
        must("CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES");
        must("CREATE DATABASE db1");
        must("CREATE DATABASE db2");
        for (String database : List.of("db1", "db2")) {
            assertThat(api.write("/write", "db=" + database, "m,host=a v=1 1", Means.BASIC.header("admin", "admin"))
                            .status())
                    .isEqualTo(204);
        }
        Map<String, List<Holding>> users = createUsers();
        String before = api.query(STATE, "", Means.JWT, "admin", "").body();
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        int allowed = 0;
        for (Map.Entry<String, List<Holding>> user : users.entrySet()) {
            String name = user.getKey();
            String forbidden = name.startsWith("ManageShard") ? "KILL QUERY 424242" : "DROP SHARD 424242";
            Map<String, String[]> means = new LinkedHashMap<>();
            for (Means one : Means.values()) {
                means.put(one.name(), new String[] {one.parameters(name, "p"), one.header(name, "p")});
            }
            means.put("OIDC", new String[] {"", providersToken(name)});
            for (String line : DOCUMENTED.lines().toList()) {
                int separator = line.indexOf(" ;");
                String statement = line.substring(0, separator).strip();
                boolean expected = isAllowed(line.substring(separator + 2).strip(), user.getValue());
                for (Map.Entry<String, String[]> by : means.entrySet()) {
                    Answer answer =
                            api.query(statement + "; " + forbidden, "db=db1" + by.getValue()[0], by.getValue()[1]);
                    boolean passed = answer.body().contains("execute statement '" + forbidden + "'");
                    if (answer.status() != 403
                            || passed != expected
                            || !answer.body().contains("error authorizing query: " + name + " not authorized")) {
                        wrong.add(name + " by " + by.getKey() + ": " + statement + ": " + answer.body());
                    }
                    cases++;
                    allowed += expected ? 1 : 0;
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(10_000);
        assertThat(allowed).isBetween(cases / 50, cases / 5);
        assertThat(api.query(STATE, "", Means.JWT, "admin", "").body()).isEqualTo(before);
    }
}
