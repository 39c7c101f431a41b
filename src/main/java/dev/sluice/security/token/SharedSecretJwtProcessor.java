package dev.sluice.security.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Nimbus' processor with one key for all three algorithms. The key is the service's own, whatever {@code kid}, {@code jku}
 * or {@code jwk} the token's header brings.
 */
final class SharedSecretJwtProcessor extends DefaultJWTProcessor<SecurityContext> {

    /** Nimbus refuses keys that are shorter than the longest digest. */
    private static final int MIN_KEY_BYTES = 64;

    private static final List<JWSAlgorithm> ALGORITHMS =
            List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    /** Nothing else in a token counts, and so nothing else may make it fail: elsewhere {@code sub} may be a number. */
    private static final List<String> CLAIMS = List.of("exp", "iat", "nbf", "username");

    SharedSecretJwtProcessor(byte[] secret, Clock clock) {
        List<SecretKey> key = List.of(key(secret));
        setJWSTypeVerifier((type, context) -> {});
        setJWSKeySelector((header, context) -> ALGORITHMS.contains(header.getAlgorithm()) ? key : List.of());
        setJWTClaimsSetVerifier((claims, context) -> verify(claims, clock));
    }

    /**
     * HMAC fills a key that is shorter than a block of the hash (64 bytes for SHA-256, 128 for the others) with zeros, so
     * filling it up to 64 here changes no signature. A longer one stays as it is.
     */
    private static SecretKey key(byte[] secret) {
        return new SecretKeySpec(Arrays.copyOf(secret, Math.max(secret.length, MIN_KEY_BYTES)), "HMAC");
    }

    @Override
    protected JWTClaimsSet extractJWTClaimsSet(JWT jwt) throws BadJWTException {
        Map<String, Object> all =
                jwt instanceof SignedJWT signed ? signed.getPayload().toJSONObject() : null;
        if (all == null) {
            throw new BadJWTException("invalid token");
        }
        JWTClaimsSet.Builder counting = new JWTClaimsSet.Builder();
        for (String name : CLAIMS) {
            if (all.containsKey(name)) {
                counting.claim(name, all.get(name));
            }
        }
        return counting.build();
    }

    /** What is wrong with claims at this moment; null when nothing is. */
    static @Nullable String error(JWTClaimsSet claims, Clock clock) {
        return new TokenClaims(claims.getClaims()).error(Math.floorDiv(clock.millis(), 1000L));
    }

    private static void verify(JWTClaimsSet claims, Clock clock) throws BadJWTException {
        String error = error(claims, clock);
        if (error != null) {
            throw new BadJWTException(error);
        }
    }
}
