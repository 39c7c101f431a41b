package dev.sluice.security;

import dev.sluice.account.Users;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The filter chains. Nothing is kept between requests: no session, no log-in page, no saved request. Headers are
 * InfluxDB's, not those a web site would want.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

    /** Health and metrics have a port of their own, which only the operator reaches. */
    @Bean
    @Order(1)
    SecurityFilterChain managementChain(HttpSecurity http) throws Exception {
        return bare(http)
                .securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            SecuritySettings settings,
            Users users,
            JwtDecoder decoder,
            ErrorBodyWriter errorBody,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes)
            throws Exception {
        CallerFilter callers = new CallerFilter(
                settings,
                users,
                new RouteAccessResolver(routes),
                new CredentialsConverter(),
                new ProviderManager(
                        new PasswordAuthenticationProvider(users), new TokenAuthenticationProvider(users, decoder)),
                new ChallengeEntryPoint(settings.realm(), errorBody));
        return bare(http)
                .addFilterBefore(callers, AuthorizationFilter.class)
                // What a caller may do depends on the statement and is decided where that is known.
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private static HttpSecurity bare(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .exceptionHandling(AbstractHttpConfigurer::disable);
    }

    @Bean
    JwtDecoder sharedSecretJwtDecoder(SecuritySettings settings) {
        return new SharedSecretJwtDecoder(settings.sharedSecret(), Clock.systemUTC());
    }

    /** Paths that look like an attack are paths that nothing is served under. */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, rejection) -> response.sendError(404);
    }

    @Override
    public void addArgumentResolvers(java.util.List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgumentResolver());
    }
}
