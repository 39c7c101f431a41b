package dev.sluice.security;

import dev.sluice.account.Users;
import dev.sluice.security.token.SharedSecretJwtDecoder;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/** From a verified token to the user it names. The token grants nothing by itself: the user's present rights count. */
final class TokenUserConverter implements Converter<Jwt, AbstractAuthenticationToken> {

    private final Users users;

    TokenUserConverter(Users users) {
        this.users = users;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        String name = token.getClaimAsString("username");
        long issued = token.getClaim(SharedSecretJwtDecoder.ISSUED) instanceof Number seconds ? seconds.longValue() : 0;
        if (users.find(name).isPresent() && issued < users.tokensValidFromSeconds(name)) {
            throw new AuthenticationRefusedException("token is revoked");
        }
        return users.find(name)
                .map(CallerAuthentication::new)
                .orElseThrow(() -> new AuthenticationRefusedException("user not found"));
    }
}
