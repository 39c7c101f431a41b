package dev.sluice.security.token;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims that count, as they stand in the token: {@code exp}, {@code iat}, {@code nbf} and {@code username}. Checks,
 * their order and texts are those of InfluxDB 1.9 and newer.
 */
final class TokenClaims {

    private final Map<String, Object> claims;

    TokenClaims(Map<String, Object> claims) {
        this.claims = claims;
    }

    /**
     * What is wrong with them; null when nothing is.
     *
     * @param now seconds since 1970
     */
    @Nullable
    String error(long now) {
        // Go's library looks at all three and reports the last that is wrong.
        if (isAfter("nbf", now)) {
            return "Token is not valid yet";
        }
        if (isAfter("iat", now)) {
            return "Token used before issued";
        }
        Object expires = claims.get("exp");
        if (isMissing(expires)) {
            return "token expiration required";
        }
        if (!(expires instanceof Number seconds) || !isWithinLong(seconds) || seconds.longValue() < now) {
            return "Token is expired";
        }
        return usernameError();
    }

    private @Nullable String usernameError() {
        if (!(claims.get("username") instanceof String username)) {
            return "username in token must be a string";
        }
        return username.isEmpty() ? "token must contain a username" : null;
    }

    /** Whether a moment is given and lies ahead; one that is not a number does for ever. */
    private boolean isAfter(String claim, long now) {
        Object moment = claims.get(claim);
        if (isMissing(moment)) {
            return false;
        }
        return !(moment instanceof Number seconds) || !isWithinLong(seconds) || seconds.longValue() > now;
    }

    private static boolean isMissing(@Nullable Object moment) {
        return moment == null || moment instanceof Number seconds && seconds.doubleValue() == 0;
    }

    /** Go turns a number that is too large for an integer into a negative one; here it is refused either way. */
    private static boolean isWithinLong(Number seconds) {
        return Math.abs(seconds.doubleValue()) < 0x1p63;
    }
}
