package dev.sluice.security.oidc;

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
     * What became of a token.
     *
     * @param user who it is; null when the token is refused
     * @param refusal why it is refused; empty when it is not
     */
    public record Outcome(@Nullable UserAccount user, String refusal) {}

    public Outcome check(String token) {
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
            return new Outcome(null, "identity provider is not available");
        }
    }
}
