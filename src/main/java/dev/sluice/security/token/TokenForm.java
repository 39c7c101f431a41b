package dev.sluice.security.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks of a token that need no key, in the order of Go's JWT library: parts, header, claims, algorithm. They answer in
 * its words; and they are stricter than Nimbus, which skips characters that are not base64, so that no two spellings of
 * one token are good.
 */
final class TokenForm {

    private static final Set<String> HMAC = Set.of("HS256", "HS384", "HS512");

    /** Algorithms Go's library knows; with the key at hand none of them proves anything. */
    private static final Set<String> OTHERS =
            Set.of("none", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private TokenForm() {}

    /**
     * @throws TokenRefusedException when the token cannot be good, whatever the key
     */
    static void check(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new TokenRefusedException("token contains an invalid number of segments");
        }
        byte[] header = decode(parts[0]);
        refuseIf(GoJson.error(header));
        Map<String, Object> fields = object(header, "map[string]interface {}");
        byte[] claims = decode(parts[1]);
        refuseIf(GoJson.errorOfFirst(claims));
        object(claims, "jwt.MapClaims");
        checkAlgorithm(fields.get("alg"));
        checkSignature(parts[2]);
    }

    private static void checkAlgorithm(@Nullable Object algorithm) {
        if (!(algorithm instanceof String name)) {
            throw new TokenRefusedException("signing method (alg) is unspecified.");
        }
        if (OTHERS.contains(name)) {
            throw new TokenRefusedException("unexpected signing method: " + name);
        }
        if (!HMAC.contains(name)) {
            throw new TokenRefusedException("signing method (alg) is unavailable.");
        }
    }

    private static void checkSignature(String part) {
        GoBase64.Decoded decoded = GoBase64.URL.decodeUnpadded(part);
        if (decoded.bytes() == null) {
            throw illegal(decoded);
        }
        // Nimbus calls a token without a signature malformed. Unused bits and padding would let one signature be
        // written in several ways.
        if (part.isEmpty()
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(decoded.bytes())
                        .equals(part)) {
            throw new TokenRefusedException("signature is invalid");
        }
    }

    private static byte[] decode(String part) {
        GoBase64.Decoded decoded = GoBase64.URL.decodeUnpadded(part);
        if (decoded.bytes() == null) {
            throw illegal(decoded);
        }
        return decoded.bytes();
    }

    private static TokenRefusedException illegal(GoBase64.Decoded decoded) {
        return new TokenRefusedException("illegal base64 data at input byte " + decoded.illegalAt());
    }

    private static void refuseIf(@Nullable String error) {
        if (error != null) {
            throw new TokenRefusedException(error);
        }
    }

    /** The members of a JSON text that is right; none for null, as in Go. */
    private static Map<String, Object> object(byte[] json, String goType) {
        String text = new String(json, StandardCharsets.UTF_8).strip();
        String kind =
                switch (text.charAt(0)) {
                    case '{', 'n' -> "";
                    case '[' -> "array";
                    case '"' -> "string";
                    case 't', 'f' -> "bool";
                    default -> "number";
                };
        if (!kind.isEmpty()) {
            throw new TokenRefusedException("json: cannot unmarshal " + kind + " into Go value of type " + goType);
        }
        if (text.charAt(0) == 'n') {
            return Map.of();
        }
        try {
            return JSONObjectUtils.parse(text);
        } catch (ParseException stricter) {
            throw new TokenRefusedException("invalid token");
        }
    }
}
