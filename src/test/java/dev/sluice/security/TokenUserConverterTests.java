package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.account.TestUsers;
import dev.sluice.security.token.SharedSecretJwtDecoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class TokenUserConverterTests {

    private final TestUsers users = new TestUsers();
    private final TokenUserConverter converter = new TokenUserConverter(users);

    @BeforeEach
    void createUser() {
        users.create("joe", "x", false);
    }

    private static Jwt token(String user, long issued) {
        return Jwt.withTokenValue("t")
                .header("alg", "HS256")
                .claim("username", user)
                .claim(SharedSecretJwtDecoder.ISSUED, issued)
                .build();
    }

    @Test
    void convertWhenTokensWereRevokedThenOnlyLaterOnesAreGood() {
        assertThat(converter.convert(token("joe", 0)).getName()).isEqualTo("joe");

        users.revokeTokens("joe", 100);

        assertThat(converter.convert(token("joe", 100)).getName()).isEqualTo("joe");
        assertThatThrownBy(() -> converter.convert(token("joe", 99))).hasMessage("token is revoked");
        assertThatThrownBy(() -> converter.convert(token("joe", 0))).hasMessage("token is revoked");
        assertThatThrownBy(() -> converter.convert(token("eve", 200))).hasMessage("user not found");
    }
}
