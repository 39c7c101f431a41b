package dev.sluice.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Reads bearer tokens signed with the shared secret, by InfluxDB's rules and with its texts (1.9+): HS256, HS384 or HS512
 * only; {@code exp} and {@code username} are required, {@code nbf} and {@code iat} hold without leeway; the signature is
 * looked at before the claims. The user's name is the subject of the result. Spring's own decoder has other texts and
 * refuses claims of a wrong type before it can be said which.
 *
 * <p>The secret may have any length but zero. HMAC fills a key up with zero bytes by definition (RFC 2104), so a secret
 * that is filled up here gives the same signature and satisfies a library that asks for keys as long as the hash.
 */
final class SharedSecretJwtDecoder implements JwtDecoder {

    static final String WRONG_SEGMENTS = "token contains an invalid number of segments";

    /** No hash of the three is longer. */
    private static final int SHORTEST_KEY_IN_BYTES = 64;

    private static final Set<String> HMAC = Set.of("HS256", "HS384", "HS512");

    /** What InfluxDB's library knows by name, but its server does not take. */
    private static final Set<String> KNOWN_BUT_REFUSED =
            Set.of("none", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512");

    private final byte[] key;
    private final Clock clock;

    /**
     * A decoder for one secret.
     *
     * @param secret empty to refuse every token (CVE-2019-20933: an empty key must not be a key)
     */
    SharedSecretJwtDecoder(String secret, Clock clock) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        this.key = bytes.length == 0 ? bytes : Arrays.copyOf(bytes, Math.max(bytes.length, SHORTEST_KEY_IN_BYTES));
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        if (key.length == 0) {
            throw new BadJwtException("bearer auth disabled");
        }
        String[] segments = token.split("\\.", -1);
        if (segments.length != 3) {
            throw new BadJwtException(WRONG_SEGMENTS);
        }
        Map<String, @Nullable Object> header = parse(segments[0]);
        Map<String, @Nullable Object> claims = parse(segments[1]);
        String algorithm = checkAlgorithm(header.get("alg"));
        if (!isSigned(algorithm, segments)) {
            throw new BadJwtException("signature is invalid");
        }
        checkTimes(claims);
        return Jwt.withTokenValue(token)
                .header("alg", algorithm)
                .subject(username(claims))
                .build();
    }

    private static String checkAlgorithm(@Nullable Object algorithm) {
        if (!(algorithm instanceof String name)) {
            throw new BadJwtException("signing method (alg) is unspecified.");
        }
        if (KNOWN_BUT_REFUSED.contains(name)) {
            throw new BadJwtException("unexpected signing method: " + name);
        }
        if (!HMAC.contains(name)) {
            throw new BadJwtException("signing method (alg) is unavailable.");
        }
        return name;
    }

    private boolean isSigned(String algorithm, String[] segments) {
        byte[] signed = (segments[0] + "." + segments[1]).getBytes(StandardCharsets.US_ASCII);
        try {
            return new MACVerifier(key)
                    .verify(new JWSHeader(JWSAlgorithm.parse(algorithm)), signed, new Base64URL(segments[2]));
        } catch (JOSEException unusable) {
            return false;
        }
    }

    private void checkTimes(Map<String, @Nullable Object> claims) {
        double now = Math.floorDiv(clock.millis(), 1000L);
        // InfluxDB's library looks at all three and tells the last that does not hold.
        if (holds(claims, "nbf", time -> now >= time)) {
            if (holds(claims, "iat", time -> now >= time)) {
                if (!holds(claims, "exp", time -> now <= time)) {
                    throw new BadJwtException("Token is expired");
                }
            } else {
                throw new BadJwtException("Token used before issued");
            }
        } else {
            throw new BadJwtException("Token is not valid yet");
        }
        if (!(claims.get("exp") instanceof Number expiry) || expiry.doubleValue() == 0) {
            throw new BadJwtException("token expiration required");
        }
    }

    /** Whether a time is absent, zero, or as it should be. */
    private static boolean holds(
            Map<String, @Nullable Object> claims, String name, java.util.function.DoublePredicate condition) {
        if (!claims.containsKey(name)) {
            return true;
        }
        if (!(claims.get(name) instanceof Number number)) {
            return false;
        }
        // Go cuts the fraction off.
        double seconds = number.doubleValue() < 0 ? Math.ceil(number.doubleValue()) : Math.floor(number.doubleValue());
        return seconds == 0 || condition.test(seconds);
    }

    private static String username(Map<String, @Nullable Object> claims) {
        if (!(claims.get("username") instanceof String name)) {
            throw new BadJwtException("username in token must be a string");
        }
        if (name.isEmpty()) {
            throw new BadJwtException("token must contain a username");
        }
        return name;
    }

    private static Map<String, @Nullable Object> parse(String segment) {
        int illegal = firstIllegal(segment);
        if (illegal >= 0) {
            throw new BadJwtException("illegal base64 data at input byte " + illegal);
        }
        String text = new Base64URL(segment).decodeToString();
        if (text.isBlank()) {
            throw new BadJwtException("unexpected end of JSON input");
        }
        try {
            return JSONObjectUtils.parse(text);
        } catch (ParseException malformed) {
            char first = text.strip().charAt(0);
            throw new BadJwtException(
                    first == '{'
                            ? "unexpected end of JSON input"
                            : "invalid character '" + first + "' looking for beginning of value");
        }
    }

    /** Where Go's decoder of base64 stops, or -1. */
    private static int firstIllegal(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            boolean legal =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!legal) {
                return i;
            }
        }
        // One character of a group of four holds no byte; padded up, the padding is what is wrong.
        return segment.length() % 4 == 1 ? segment.length() : -1;
    }
}
