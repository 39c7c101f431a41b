package dev.sluice.security.oidc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/** Makes decoders of an identity provider's tokens. */
final class OidcDecoders {

    /** A request of a client waits for the provider's answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private OidcDecoders() {}

    /** A decoder that asks the provider for its keys when the first token comes, so that the service starts without it. */
    static JwtDecoder of(OidcSettings settings) {
        return new SupplierJwtDecoder(() -> build(settings));
    }

    private static JwtDecoder build(OidcSettings settings) {
        NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder builder =
                settings.jwkSetUri().isEmpty()
                        ? NimbusJwtDecoder.withIssuerLocation(settings.issuer())
                        : NimbusJwtDecoder.withJwkSetUri(settings.jwkSetUri());
        // Access tokens call themselves at+jwt, others JWT or nothing.
        NimbusJwtDecoder decoder = builder.validateType(false)
                .restOperations(client())
                .jwsAlgorithms(algorithms -> {
                    algorithms.clear();
                    settings.algorithms().forEach(name -> algorithms.add(SignatureAlgorithm.from(name)));
                })
                .build();
        decoder.setJwtValidator(validator(settings));
        return decoder;
    }

    private static RestOperations client() {
        SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
        connections.setConnectTimeout(TIMEOUT);
        connections.setReadTimeout(TIMEOUT);
        RestTemplate client = new RestTemplate(connections);
        client.getInterceptors().add(new RememberedAnswers(System::nanoTime));
        return client;
    }

    private static OAuth2TokenValidator<Jwt> validator(OidcSettings settings) {
        List<OAuth2TokenValidator<Jwt>> all = new ArrayList<>();
        all.add(new JwtTimestampValidator(Duration.ofSeconds(settings.clockSkewSeconds())));
        all.add(token -> result(token.getExpiresAt() != null, "token expiration required"));
        all.add(token -> result(
                token.getAudience() != null && token.getAudience().stream().anyMatch(settings.audiences()::contains),
                "token is for another audience"));
        if (!settings.issuer().isEmpty()) {
            all.add(new JwtIssuerValidator(settings.issuer()));
        }
        return new DelegatingOAuth2TokenValidator<>(all);
    }

    private static OAuth2TokenValidatorResult result(boolean good, String text) {
        return good
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", text, null));
    }
}
