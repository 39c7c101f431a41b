package dev.sluice.server;

import dev.sluice.security.oidc.OidcSettings;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Section {@code oidc}, which InfluxDB does not have: bearer tokens of an identity provider, beside those of the shared
 * secret.
 *
 * @param issuerUri Issuer that tokens must name; its discovery document tells where the keys are. Empty for none.
 * @param jwkSetUri Where the keys are; empty for what the issuer says.
 * @param audience Audiences of which a token must name one.
 * @param userClaim Claim with the name of the user.
 * @param rolesClaim Claim with the names of roles, such as realm_access.roles; empty for none.
 * @param algorithms Algorithms that are taken: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.
 * @param clockSkew By how much the provider's clock may differ.
 */
public record OidcProperties(
        @DefaultValue("") String issuerUri,
        @DefaultValue("") String jwkSetUri,
        @DefaultValue List<String> audience,
        @DefaultValue("sub") String userClaim,
        @DefaultValue("") String rolesClaim,
        @DefaultValue({"RS256", "ES256"}) List<String> algorithms,
        @DefaultValue("1m") InfluxDuration clockSkew) {

    private static final Set<String> KNOWN =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    public OidcProperties {
        boolean enabled = !issuerUri.isEmpty() || !jwkSetUri.isEmpty();
        InfluxProperties.check(
                !enabled || audience.stream().anyMatch(name -> !name.isBlank()),
                "oidc.audience",
                "",
                "the audience that tokens for this service name");
        InfluxProperties.check(!userClaim.isBlank(), "oidc.user-claim", userClaim, "the name of a claim");
        for (String algorithm : algorithms) {
            InfluxProperties.check(
                    KNOWN.contains(algorithm), "oidc.algorithms", algorithm, "RS*, PS* and ES* with 256, 384 or 512");
        }
        InfluxProperties.check(!algorithms.isEmpty(), "oidc.algorithms", "", "at least one algorithm");
    }

    OidcSettings toSettings() {
        return new OidcSettings(
                issuerUri, jwkSetUri, audience, userClaim, rolesClaim, algorithms, clockSkew.nanos() / 1_000_000_000L);
    }
}
