package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.account.FastPasswordHasher;
import dev.sluice.account.InMemoryUserStore;
import dev.sluice.account.StoredUsers;
import dev.sluice.account.TestRoles;
import dev.sluice.security.oidc.OidcSettings;
import dev.sluice.security.oidc.OidcTokens;
import dev.sluice.security.oidc.OidcUsers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class OidcProviderTests {

    /** A client that hears that its token is wrong logs its user out; of one that cannot be checked it waits. */
    @Test
    void authenticateWhenTheIdentityProviderIsNotThereThenTheTokenIsNotRefusedButUndecided() {
        OidcSettings settings =
                new OidcSettings("http://127.0.0.1:1", "", List.of("sluice"), "name", "", List.of("RS256"), 60);
        StoredUsers users = new StoredUsers(new InMemoryUserStore(), new FastPasswordHasher(), TestRoles.empty());
        OidcProvider provider = new OidcProvider(
                new OidcTokens(settings, new OidcUsers(users, TestRoles.empty(), settings)),
                new BearerDisabledProvider());

        assertThatThrownBy(() -> provider.authenticate(new BearerTokenAuthenticationToken(
                        base64("{\"alg\":\"RS256\"}") + "." + base64("{}") + "." + base64("signature"))))
                .isInstanceOf(AuthenticationUndecidedException.class)
                .hasMessage("identity provider is not available, try again");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
