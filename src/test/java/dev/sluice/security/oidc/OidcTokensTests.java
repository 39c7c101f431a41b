package dev.sluice.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.account.FastPasswordHasher;
import dev.sluice.account.InMemoryAccessStore;
import dev.sluice.account.InMemoryUserStore;
import dev.sluice.account.Permissions;
import dev.sluice.account.StoredAccess;
import dev.sluice.account.StoredUsers;
import dev.sluice.account.UserAccount;
import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import dev.sluice.security.token.TokenAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an issuer in this process, with keys of both kinds. */
class OidcTokensTests {

    private static HttpServer issuer;
    private static String issuerUri;
    private static RSAKey rsa;
    private static ECKey ec;

    private final StoredUsers[] late = new StoredUsers[1];
    private final StoredAccess access = new StoredAccess(
            new InMemoryAccessStore(), name -> late[0].find(name).isPresent());
    private final StoredUsers users = new StoredUsers(new InMemoryUserStore(), new FastPasswordHasher(), access);
    private final OidcTokens tokens = tokens(
            new OidcSettings(issuerUri, "", List.of("sluice"), "name", "realm.roles", List.of("RS256", "ES256"), 60));

    @BeforeAll
    static void startIssuer() throws IOException, JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuerUri = "http://127.0.0.1:" + issuer.getAddress().getPort();
        String keys = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString();
        serve(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + issuerUri + "\",\"jwks_uri\":\"" + issuerUri
                        + "/keys\",\"subject_types_supported\":[\"public\"],\"authorization_endpoint\":\"" + issuerUri
                        + "/a\"}");
        serve("/keys", keys);
        issuer.start();
    }

    private static void serve(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        issuer.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterAll
    static void stopIssuer() {
        issuer.stop(0);
    }

    @BeforeEach
    void createUsers() {
        late[0] = users;
        users.create("joe", "x", false);
        users.grant("joe", "d", Privilege.READ);
        access.createRole("writers");
        access.addRolePermissions("writers", Permissions.of("d", Permission.WRITE_DATA));
    }

    private OidcTokens tokens(OidcSettings settings) {
        return new OidcTokens(settings, new OidcUsers(users, access, settings));
    }

    private static JWTClaimsSet.Builder claims(String name, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuerUri)
                .audience(List.of("other", "sluice"))
                .claim("name", name)
                .claim("realm", Map.of("roles", List.of(roles)))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private static String sign(JWSAlgorithm algorithm, JWSSigner signer, String key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(algorithm)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(key)
                            .build(),
                    claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String byRsa(JWTClaimsSet claims) {
        try {
            return sign(JWSAlgorithm.RS256, new RSASSASigner(rsa), "r", claims);
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String byEc(JWTClaimsSet claims) {
        try {
            return sign(JWSAlgorithm.ES256, new ECDSASigner(ec), "e", claims);
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String refusal(String token) {
        OidcTokens.Outcome outcome = tokens.check(token);
        assertThat(outcome.user()).isNull();
        return outcome.refusal();
    }

    @Test
    void userOfTheServiceKeepsWhatTheyHoldAndGetsTheTokensRoles() {
        UserAccount plain = tokens.check(byRsa(claims("joe").build())).user();
        UserAccount writer =
                tokens.check(byEc(claims("joe", "writers", "unknown").build())).user();

        assertThat(plain.may(Privilege.READ, "d")).isTrue();
        assertThat(plain.may(Privilege.WRITE, "d")).isFalse();
        assertThat(writer.may(Privilege.ALL, "d")).isTrue();
        assertThat(writer.access().roles()).containsExactly("writers");
        assertThat(users.find("joe").orElseThrow().may(Privilege.WRITE, "d")).isFalse();
    }

    @Test
    void userOfTheProviderAloneHasTheTokensRolesAndNeedsOne() {
        UserAccount external =
                tokens.check(byRsa(claims("eva", "writers").build())).user();

        assertThat(external.name()).isEqualTo("eva");
        assertThat(external.admin()).isFalse();
        assertThat(external.may(Privilege.WRITE, "d")).isTrue();
        assertThat(refusal(byRsa(claims("eva", "unknown").build()))).isEqualTo("user not found");
        assertThat(refusal(byRsa(claims("").build()))).isEqualTo("user not found");
    }

    @Test
    void tokenThatIsNotForThisServiceIsRefused() {
        assertThat(refusal(byRsa(claims("joe").audience("other").build()))).isEqualTo("invalid token");
        assertThat(refusal(byRsa(claims("joe").audience((String) null).build())))
                .isEqualTo("invalid token");
        assertThat(refusal(byRsa(claims("joe").issuer("http://elsewhere").build())))
                .isEqualTo("invalid token");
        assertThat(refusal(byRsa(claims("joe").expirationTime(null).build()))).isEqualTo("invalid token");
        assertThat(refusal(byRsa(claims("joe")
                        .issueTime(Date.from(Instant.now().minusSeconds(300)))
                        .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                        .build())))
                .isEqualTo("Token is expired");
        assertThat(refusal(byRsa(claims("joe")
                        .notBeforeTime(Date.from(Instant.now().plusSeconds(120)))
                        .build())))
                .isEqualTo("invalid token");
    }

    @Test
    void revokedTokenIsRefused() {
        String token = byRsa(claims("joe").build());
        users.revokeTokens("joe", Instant.now().getEpochSecond() + 1);

        assertThat(refusal(token)).isEqualTo("user not found");
    }

    @Test
    void keysOfOthersAndOtherAlgorithmsAreRefused() throws JOSEException {
        RSAKey other = new RSAKeyGenerator(2048).keyID("r").generate();
        JWTClaimsSet claims = claims("joe").build();

        assertThat(refusal(sign(JWSAlgorithm.RS256, new RSASSASigner(other), "r", claims)))
                .isEqualTo("invalid token");
        assertThat(refusal(sign(JWSAlgorithm.RS256, new RSASSASigner(other), "unknown", claims)))
                .isEqualTo("invalid token");
        assertThat(refusal(sign(JWSAlgorithm.RS384, new RSASSASigner(rsa), "r", claims)))
                .isEqualTo("invalid token");
        // The public key, which everybody has, as if it were a secret: never asked of the provider's keys at all.
        String confused =
                sign(JWSAlgorithm.HS256, new MACSigner(rsa.toRSAPublicKey().getEncoded()), "r", claims);
        assertThat(TokenAlgorithm.isOfKeyPair(confused)).isFalse();
        assertThat(refusal(confused)).isEqualTo("invalid token");
        String none = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + "." + byRsa(claims).split("\\.")[1] + ".";
        assertThat(TokenAlgorithm.isOfKeyPair(none)).isFalse();
        assertThat(refusal(none)).isNotEmpty();
    }

    @Test
    void tokenInAnotherSpellingIsRefused() {
        String good = byRsa(claims("joe").build());

        assertThat(tokens.check(good).user()).isNotNull();
        for (String other :
                List.of(good + "=", good + "==", good + " ", " " + good, good + "\n", good + "*", good + ".")) {
            assertThat(refusal(other)).as(other).isEqualTo("invalid token");
        }
    }

    @Test
    void headerThatIsNullIsOfNoAlgorithm() {
        assertThat(TokenAlgorithm.isOfKeyPair("bnVsbA.e30.AA")).isFalse();
        assertThat(TokenAlgorithm.isOfKeyPair("W10.e30.AA")).isFalse();
        assertThat(TokenAlgorithm.isOfKeyPair("e30.e30.AA")).isFalse();
    }

    @Test
    void mutatedTokensAreRefused() {
        Random random = new Random(1);
        String good = byEc(claims("joe", "writers").build());
        for (int i = 0; i < 3_000; i++) {
            char[] mutated = good.toCharArray();
            for (int j = random.nextInt(3); j >= 0; j--) {
                int at = random.nextInt(mutated.length);
                mutated[at] = "ABCabc012-_.".charAt(random.nextInt(12));
            }
            String token = new String(mutated);
            if (!token.equals(good)) {
                assertThat(tokens.check(token).user()).as(token).isNull();
            }
        }
        assertThat(tokens.check(good).user()).isNotNull();
    }

    @Test
    void providerThatIsNotThereLetsNobodyIn() {
        OidcTokens nowhere =
                tokens(new OidcSettings("http://127.0.0.1:1", "", List.of("sluice"), "name", "", List.of("RS256"), 60));

        assertThatThrownBy(() -> nowhere.check(byRsa(claims("joe").build())))
                .isInstanceOf(OidcUnavailableException.class);
    }
}
