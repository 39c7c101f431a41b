package dev.sluice.security.oidc;

import java.util.List;

/**
 * Whose tokens are taken, and what of them counts.
 *
 * @param issuer that tokens must name; its discovery document tells the keys unless they are named; empty for any
 * @param jwkSetUri where the keys are; empty for what the issuer says
 * @param audiences of which a token must name one
 * @param userClaim that holds the name of the user
 * @param rolesClaim that holds the names of roles, with dots for members of members; empty for none
 * @param algorithms that are taken, RS*, PS* and ES* alone
 * @param clockSkewSeconds by which the provider's clock may differ
 */
public record OidcSettings(
        String issuer,
        String jwkSetUri,
        List<String> audiences,
        String userClaim,
        String rolesClaim,
        List<String> algorithms,
        long clockSkewSeconds) {

    /** No provider. */
    public static final OidcSettings NONE = new OidcSettings("", "", List.of(), "", "", List.of(), 0);

    public OidcSettings {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
    }

    public boolean isEnabled() {
        return !issuer.isEmpty() || !jwkSetUri.isEmpty();
    }
}
