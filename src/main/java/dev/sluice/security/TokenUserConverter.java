package dev.sluice.security;

import dev.sluice.account.Users;
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
        return users.find(token.getClaimAsString("username"))
                .map(CallerAuthentication::new)
                .orElseThrow(() -> new AuthenticationRefusedException("user not found"));
    }
}
