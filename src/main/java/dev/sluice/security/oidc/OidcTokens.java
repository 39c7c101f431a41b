package dev.sluice.security.oidc;

import com.nimbusds.jose.util.Base64URL;
import dev.sluice.account.UserAccount;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Checks a provider's tokens. Thread-safe. */
public final class OidcTokens {

    private final JwtDecoder decoder;
    private final OidcUsers users;

    public OidcTokens(OidcSettings settings, OidcUsers users) {
        this.decoder = OidcDecoders.of(settings);
        this.users = users;
    }

    /**
     * Whether it is three parts in base64 as RFC 7515 has it. The decoder's base64 passes over padding, spaces and whatever
     * else does not belong there, so that one token could be written in many ways.
     */
    private static boolean isCompact(String token) {
        int parts = 1;
        int length = 0;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '.') {
                if (length == 0) {
                    return false;
                }
                parts++;
                length = 0;
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                length++;
            } else {
                return false;
            }
        }
        return parts == 3 && length > 0 && isCanonical(token.substring(token.lastIndexOf('.') + 1));
    }

    /** Whether the bits of the last character that belong to no byte are zero, as every encoder leaves them. */
    private static boolean isCanonical(String base64) {
        return Base64URL.encode(new Base64URL(base64).decode()).toString().equals(base64);
    }

    /**
     * What became of a token.
     *
     * @param user who it is; null when the token is refused
     * @param refusal why it is refused; empty when it is not
     */
    public record Outcome(@Nullable UserAccount user, String refusal) {}

    /**
     * Checks a token.
     *
     * @throws OidcUnavailableException when the provider's keys are not known and cannot be asked for
     */
    public Outcome check(String token) {
        if (!isCompact(token)) {
            return new Outcome(null, "invalid token");
        }
        try {
            Jwt verified = decoder.decode(token);
            Optional<UserAccount> user = users.find(verified);
            return user.map(found -> new Outcome(found, "")).orElseGet(() -> new Outcome(null, "user not found"));
        } catch (JwtValidationException invalid) {
            String reason = invalid.getErrors().iterator().next().getDescription();
            boolean expired = reason != null && reason.contains("expired");
            return new Outcome(null, expired ? "Token is expired" : "invalid token");
        } catch (BadJwtException invalid) {
            return new Outcome(null, "invalid token");
        } catch (JwtException | JwtDecoderInitializationException unreachable) {
            throw new OidcUnavailableException(unreachable);
        }
    }
}
