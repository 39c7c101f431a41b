package dev.sluice.security.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Accepts tokens that are signed with the shared secret by HS256, HS384 or HS512, have not expired and name a user in
 * {@code username}; of their claims that one is passed on, and {@link #ISSUED}. A refusal's message is InfluxDB's text. Thread-safe.
 *
 * <p>Clients send a token with every request. What a signature has proven stays so, hence the claims of tokens seen lately
 * are remembered; whether they hold at the moment is asked each time.
 */
public final class SharedSecretJwtDecoder implements JwtDecoder {

    /** The claim that tells when the token was issued, in seconds since 1970 as a number; 0 when it does not say. */
    public static final String ISSUED = "issued";

    private static final int MAX_REMEMBERED = 1_000;

    /** Required by {@link Jwt}; nobody reads it. */
    private static final Map<String, Object> HEADERS = Map.of("typ", "JWT");

    private final SharedSecretJwtProcessor processor;
    private final Clock clock;
    private final Cache<String, JWTClaimsSet> verified =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    /**
     * @param secret of any length but zero, since a signature made with an empty key proves nothing
     */
    public SharedSecretJwtDecoder(byte[] secret, Clock clock) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("a shared secret must not be empty");
        }
        this.processor = new SharedSecretJwtProcessor(secret, clock);
        this.clock = clock;
    }

    /**
     * @throws BadJwtException when the token is no good
     */
    @Override
    public Jwt decode(String token) {
        JWTClaimsSet claims = verified.getIfPresent(token);
        if (claims == null) {
            claims = verify(token);
            verified.put(token, claims);
        } else {
            String error = SharedSecretJwtProcessor.error(claims, clock);
            if (error != null) {
                throw new TokenRefusedException(error);
            }
        }
        return new Jwt(
                token, null, null, HEADERS, Map.of("username", claims.getClaim("username"), ISSUED, issued(claims)));
    }

    private static long issued(JWTClaimsSet claims) {
        return claims.getClaims().get("iat") instanceof Number seconds ? seconds.longValue() : 0;
    }

    private JWTClaimsSet verify(String token) {
        TokenForm.check(token);
        try {
            return processor.process(token, null);
        } catch (BadJWTException refused) {
            throw new TokenRefusedException(refused.getMessage());
        } catch (BadJWSException refused) {
            throw new TokenRefusedException("signature is invalid");
        } catch (BadJOSEException | JOSEException | ParseException refused) {
            throw new TokenRefusedException("invalid token");
        }
    }
}
