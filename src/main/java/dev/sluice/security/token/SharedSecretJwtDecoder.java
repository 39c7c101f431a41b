package dev.sluice.security.token;

import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.proc.BadJWTException;
import java.time.Clock;
import java.util.Map;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Accepts tokens that are signed with the shared secret by HS256, HS384 or HS512, have not expired and name a user in
 * {@code username}; of their claims only that one is passed on. A refusal's message is InfluxDB's text. Thread-safe.
 */
public final class SharedSecretJwtDecoder implements JwtDecoder {

    private final NimbusJwtDecoder decoder;

    /**
     * @param secret of any length but zero, since a signature made with an empty key proves nothing
     */
    public SharedSecretJwtDecoder(byte[] secret, Clock clock) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("a shared secret must not be empty");
        }
        this.decoder = new NimbusJwtDecoder(new SharedSecretJwtProcessor(secret, clock));
        // All is verified by the processor already, on the numbers as they stand in the token.
        decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        decoder.setClaimSetConverter(claims -> Map.of("username", claims.get("username")));
    }

    /**
     * @throws BadJwtException when the token is no good
     */
    @Override
    public Jwt decode(String token) {
        TokenForm.check(token);
        try {
            return decoder.decode(token);
        } catch (JwtException refused) {
            throw new TokenRefusedException(text(refused.getCause()));
        }
    }

    private static String text(Throwable cause) {
        if (cause instanceof BadJWTException claims) {
            return claims.getMessage();
        }
        return cause instanceof BadJWSException ? "signature is invalid" : "invalid token";
    }
}
