package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.account.FastPasswordHasher;
import dev.sluice.account.InMemoryUserStore;
import dev.sluice.account.StoredUsers;
import dev.sluice.account.TestRoles;
import dev.sluice.security.oidc.OidcSettings;
import dev.sluice.security.oidc.OidcTokens;
import dev.sluice.security.oidc.OidcUsers;
import dev.sluice.security.token.SharedSecretJwtDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * Forged and mutated tokens against both kinds of checks at once, put together as the service does. The seed is settable by
 * {@code -Dsluice.test.seed}.
 */
class TokenAttackTests {

    private static final int ATTACKS = 100_000;
    private static final String AUDIENCE = "sluice";

    private static HttpServer issuer;
    private static String issuerUri;
    private static RSAKey rsa;
    private static ECKey ec;
    private static final AtomicInteger keyRequests = new AtomicInteger();

    private final StoredUsers users =
            new StoredUsers(new InMemoryUserStore(), new FastPasswordHasher(), TestRoles.empty());
    private AuthenticationProvider provider;

    @BeforeAll
    static void startIssuer() throws IOException, JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        byte[] keys = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK()))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuerUri = "http://127.0.0.1:" + issuer.getAddress().getPort();
        issuer.createContext("/keys", exchange -> {
            keyRequests.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
    }

    @AfterAll
    static void stopIssuer() {
        issuer.stop(0);
    }

    @BeforeEach
    void createProvider() {
        users.create("joe", "x", false);
        users.create("gone", "x", false);
        users.revokeTokens("gone", Long.MAX_VALUE);
        OidcSettings settings = new OidcSettings(
                issuerUri, issuerUri + "/keys", List.of(AUDIENCE), "sub", "", List.of("RS256", "ES256"), 60);
        OidcTokens oidc = new OidcTokens(settings, new OidcUsers(users, TestRoles.empty(), settings));
        JwtAuthenticationProvider shared = new JwtAuthenticationProvider(
                new SharedSecretJwtDecoder(TokenForge.SECRET.getBytes(StandardCharsets.UTF_8), Clock.systemUTC()));
        shared.setJwtAuthenticationConverter(new TokenUserConverter(users));
        provider = new OidcProvider(oidc, shared);
    }

    private boolean isAccepted(String token) {
        try {
            return provider.authenticate(new BearerTokenAuthenticationToken(token)) != null;
        } catch (AuthenticationException refused) {
            return false;
        }
    }

    @Test
    void authenticateWhenTokensAreForgedOrMutatedThenRefusesEachOfThem() {
        long seed = Long.getLong("sluice.test.seed", 20_260_301);
        TokenForge forge = new TokenForge(new Random(seed), rsa, ec, issuerUri, AUDIENCE);
        List<String> originals = forge.originals();
        TreeMap<String, Integer> tried = new TreeMap<>();

        for (int i = 0; i < ATTACKS; i++) {
            TokenForge.Attack attack = forge.next();
            assertThat(isAccepted(attack.token()))
                    .as("seed %d, attack %d, %s: %s", seed, i, attack.kind(), attack.token())
                    .isFalse();
            tried.merge(attack.kind(), 1, Integer::sum);
        }

        // Each refusal was one of something that is let in when it is whole, before the attacks and after them.
        assertThat(originals).hasSize(3).allMatch(this::isAccepted);
        assertThat(tried).hasSizeGreaterThanOrEqualTo(TokenForge.KINDS);
        // Whoever knows no key must not make this service knock at the provider's door with each request.
        assertThat(keyRequests.get()).isLessThanOrEqualTo(30);
    }
}
