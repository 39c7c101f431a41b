package dev.sluice.security;

import dev.sluice.account.Roles;
import dev.sluice.account.Users;
import dev.sluice.security.ldap.LdapLogins;
import dev.sluice.security.ldap.LdapSettings;
import dev.sluice.security.oidc.OidcSettings;
import dev.sluice.security.oidc.OidcTokens;
import dev.sluice.security.oidc.OidcUsers;
import dev.sluice.security.token.SharedSecretJwtDecoder;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.DelegatingAuthenticationConverter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts the filters together. They are listed one by one rather than taken from Spring's builder, whose defaults (sessions,
 * CSRF, log-out, an anonymous user, headers for browsers) would each have to be switched off: what stands here is all
 * there is.
 *
 * <p>Health and metrics have a port of their own, which only the operator reaches, and pass: no route of the API serves
 * their paths. Were they on the API's port, they would take an admin, like every route that does not say otherwise.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

    @Bean
    StartNotice startNotice(SecuritySettings settings, Users users) {
        return new StartNotice(settings, users);
    }

    @Bean
    AuthenticationManager authenticationManager(
            SecuritySettings settings,
            OidcSettings oidc,
            LdapSettings ldap,
            BrakeSettings brakeSettings,
            Users users,
            Roles roles,
            SecurityObserver observer) {
        LoginBrakes brakes = new LoginBrakes(brakeSettings, System::nanoTime);
        AuthenticationProvider bearer = bearerProvider(settings, users);
        if (oidc.isEnabled()) {
            bearer = new OidcProvider(new OidcTokens(oidc, new OidcUsers(users, roles, oidc)), bearer);
        }
        AuthenticationProvider passwords = new PasswordAuthenticationProvider(users);
        if (ldap.isEnabled()) {
            passwords = new LdapProvider(new LdapLogins(ldap, roles, System::nanoTime), users, passwords);
        }
        return new ProviderManager(List.of(
                new GuardedProvider(passwords, brakes, observer),
                new GuardedProvider(bearer, brakes, observer),
                new GuardedProvider(new CertificateProvider(users), brakes, observer)));
    }

    private static AuthenticationProvider bearerProvider(SecuritySettings settings, Users users) {
        if (settings.sharedSecret().isEmpty()) {
            return new BearerDisabledProvider();
        }
        byte[] secret = settings.sharedSecret().getBytes(StandardCharsets.UTF_8);
        JwtAuthenticationProvider provider =
                new JwtAuthenticationProvider(new SharedSecretJwtDecoder(secret, Clock.systemUTC()));
        provider.setJwtAuthenticationConverter(new TokenUserConverter(users));
        return provider;
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            SecuritySettings settings,
            Users users,
            AuthenticationManager manager,
            ObjectProvider<HandlerMapping> mappings,
            ErrorBodyWriter body,
            SecurityObserver observer) {
        DemandPolicy policy = new DemandPolicy(settings, users, new RouteAccessLookup(mappings));
        RefusalHandler refusals = new RefusalHandler(settings.realm(), body, observer);
        ExceptionTranslationFilter exceptions = new ExceptionTranslationFilter(refusals, new NullRequestCache());
        exceptions.setAccessDeniedHandler(refusals);
        return new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                new SecurityContextHolderFilter(new RequestAttributeSecurityContextRepository()),
                exceptions,
                authenticationFilter(settings, manager, policy, refusals),
                authorizationFilter(policy),
                new CallerFilter(policy));
    }

    private static AuthenticationFilter authenticationFilter(
            SecuritySettings settings, AuthenticationManager manager, DemandPolicy policy, RefusalHandler refusals) {
        // InfluxDB's order: the first that finds something decides, also when it is wrong.
        List<AuthenticationConverter> converters = new ArrayList<>(List.of(
                new OriginConverter("url", new UrlCredentialsConverter()),
                new OriginConverter("bearer", new BearerCredentialsConverter()),
                new OriginConverter("token", new TokenCredentialsConverter()),
                new OriginConverter("basic", new BasicCredentialsConverter())));
        if (!settings.certificateUser().isEmpty()) {
            converters.add(new OriginConverter("certificate", new CertificateConverter(settings.certificateUser())));
        }
        AuthenticationConverter credentials = new DelegatingAuthenticationConverter(converters);
        AuthenticationFilter filter = new AuthenticationFilter(manager, credentials);
        filter.setRequestMatcher(request -> {
            Demand demand = policy.of(request);
            return demand == Demand.USER || demand == Demand.MONITOR || demand == Demand.ADMIN;
        });
        filter.setSuccessHandler((request, response, authentication) -> RequestOrigin.keep(request, authentication));
        filter.setFailureHandler(new AuthenticationEntryPointFailureHandler(refusals));
        return filter;
    }

    private static AuthorizationFilter authorizationFilter(DemandPolicy policy) {
        AuthorizationFilter filter = new AuthorizationFilter(new DemandAuthorizationManager(policy));
        // Error pages and resumed requests belong to a request that has passed, or was refused, already.
        filter.setFilterErrorDispatch(false);
        filter.setFilterAsyncDispatch(false);
        return filter;
    }

    /** Spring's rules for paths, none for the rest: any method, query and header that InfluxDB takes comes through. */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        // Names of buckets have both. Routes are found by the parts of a path before they are decoded, by the security
        // filters as by the dispatcher, so an encoded slash separates nothing.
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    /**
     * A path that is written in a way that could mean several things ({@code //query}, {@code /query;x},
     * {@code /%2e%2e/query}) is one that nothing is served under, as in InfluxDB.
     */
    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, rejected) -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgumentResolver());
    }

    /** A span per filter would cost more than the filters. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }
}
