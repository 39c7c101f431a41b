package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Caller;
import dev.sluice.account.Roles;
import dev.sluice.account.TestRoles;
import dev.sluice.account.TestUsers;
import dev.sluice.account.UserAccount;
import dev.sluice.model.Privilege;
import dev.sluice.security.ldap.LdapSettings;
import dev.sluice.security.oidc.OidcSettings;
import dev.sluice.security.token.TestTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The filters before a few routes, without a server. */
class SecurityChainTests {

    private static final String SECRET = "s";
    private static final String UNPARSABLE = "unable to parse authentication credentials";
    private static final String FAILED = "authorization failed";

    private final TestUsers users = new TestUsers();
    private @Nullable AnnotationConfigWebApplicationContext context;
    private @Nullable DispatcherServlet dispatcher;

    private SecuritySettings settings = new SecuritySettings(true, false, true, SECRET, "InfluxDB", "");

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private void createUsers() {
        users.create("admin", "a", true);
        users.create("joe", "j:j", false);
        users.create("empty", "", false);
        users.create("zoë", "pässwörd", false);
        users.grant("joe", "db1", Privilege.READ);
    }

    // What is demanded.

    @Test
    void requestWhenAuthenticationIsOffThenEverythingIsAllowedAndCredentialsAreIgnored() throws Exception {
        settings = new SecuritySettings(false, true, true, "", "InfluxDB", "");
        createUsers();

        for (String path : List.of("/open", "/probe", "/user", "/admin", "/forgotten")) {
            assertThat(get(path, null).text()).isEqualTo("*");
            assertThat(get(path, basic("joe", "wrong")).text()).isEqualTo("*");
            assertThat(get(path, "Bearer junk").text()).isEqualTo("*");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/open,    nobody, nobody, nobody",
        "/probe,   nobody, nobody, nobody",
        "/user,    401,    joe,    admin",
        "/admin,   401,    403,    admin",
        "/forgotten, 401,  403,    admin",
        "/none,    404,    404,    404",
        "/user/,   404,    404,    404"
    })
    void requestWhenAdminExistsThenRouteDecides(String path, String anonymous, String joe, String admin)
            throws Exception {
        createUsers();

        assertThat(get(path, null).outcome()).isEqualTo(anonymous);
        assertThat(get(path, basic("joe", "j:j")).outcome()).isEqualTo(joe);
        assertThat(get(path, basic("admin", "a")).outcome()).isEqualTo(admin);
    }

    @Test
    void requestWhenProbesAreAuthenticatedThenAnyUserWillDo() throws Exception {
        settings = new SecuritySettings(true, true, true, SECRET, "InfluxDB", "");
        assertThat(get("/probe", null).outcome()).isEqualTo("nobody");

        createUsers();

        assertThat(get("/probe", null).outcome()).isEqualTo("401");
        assertThat(get("/probe", basic("joe", "j:j")).outcome()).isEqualTo("joe");
        assertThat(get("/open", null).outcome()).isEqualTo("nobody");
    }

    @Test
    void requestWhenThereIsNoAdminThenNobodyIsAskedAndNobodyIsSomebody() throws Exception {
        users.create("joe", "j", false);

        assertThat(get("/user", null).outcome()).isEqualTo("nobody");
        assertThat(get("/user", basic("joe", "j")).outcome()).isEqualTo("nobody");
        assertThat(get("/user", "Bearer junk").outcome()).isEqualTo("nobody");
        assertThat(get("/admin", null).outcome()).isEqualTo("403");
        assertThat(get("/forgotten", basic("joe", "j")).outcome()).isEqualTo("403");
    }

    @Test
    void requestWhenAdminComesAndGoesThenNextRequestFollows() throws Exception {
        assertThat(get("/user", null).outcome()).isEqualTo("nobody");
        users.create("admin", "a", true);
        assertThat(get("/user", null).outcome()).isEqualTo("401");
        users.setAdmin("admin", false);
        assertThat(get("/user", null).outcome()).isEqualTo("nobody");
    }

    @Test
    void requestWhenOptionsThenNobodyIsAsked() throws Exception {
        createUsers();
        assertThat(send(request("OPTIONS", "/user", null)).status()).isEqualTo(200);
    }

    @Test
    void requestWhenMethodIsWrongThenNobodyIsAsked() throws Exception {
        createUsers();
        assertThat(send(request("PUT", "/user", null)).status()).isEqualTo(405);
        assertThat(send(request("BREW", "/user", null)).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//user", "/user;x=1", "/;/user", "/x/../user", "/%2e/user", "/user%2F", "/us\0er", "/a%5cb"})
    void requestWhenPathIsAmbiguousThenThereIsNoSuchPath(String path) throws Exception {
        createUsers();

        assertThat(get(path, null).status()).isEqualTo(404);
    }

    // Where credentials are taken from.

    @ParameterizedTest
    @CsvSource({
        "u=admin&p=a,          admin, admin",
        "u=%61dmin&p=%61,      admin, admin",
        "u=admin&p=a&p=b,      admin, admin",
        "u=admin&p=b,          401,   401",
        "u=x&u=admin&p=a,      401,   401",
        "u=admin&p=,           401,   joe",
        "u=&p=a,               401,   joe",
        "u=admin,              401,   joe",
        "p=a,                  401,   joe",
        "u=admin&p=a;,         401,   joe",
        "U=admin&P=a,          401,   joe",
        "u=empty&p=,           401,   joe"
    })
    void urlWhenBothAreGivenThenTheyBeatTheHeader(String query, String without, String withBasic) throws Exception {
        createUsers();

        assertThat(get("/user?" + query, null).outcome()).isEqualTo(without);
        assertThat(get("/user?" + query, basic("joe", "j:j")).outcome()).isEqualTo(withBasic);
        assertThat(get("/user?" + query, bearer("joe")).outcome()).isEqualTo(withBasic);
    }

    @Test
    void passwordWhenItCouldNotBeLookedAtThenIsToComeBackAndTokensAreNotConcerned() throws Exception {
        createUsers();
        users.setBusy(true);

        for (String path : List.of("/user?u=joe&p=j:j", "/user")) {
            MockHttpServletRequest request = request("GET", path, basic("joe", "j:j"));
            MockHttpServletResponse response = send(request).response();
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("1");
            assertThat(response.getHeader("X-Influxdb-Error")).isEqualTo("too many log-ins at once, try again");
            assertThat(response.getHeader("WWW-Authenticate")).isNull();
        }
        assertThat(get("/user", bearer("joe")).outcome()).isEqualTo("joe");
    }

    @Test
    void formWhenItHoldsCredentialsThenTheyDoNotCount() throws Exception {
        createUsers();
        MockHttpServletRequest request = request("POST", "/user", null);
        request.setContentType("application/x-www-form-urlencoded");
        request.setContent("u=admin&p=a".getBytes(StandardCharsets.US_ASCII));
        request.setParameter("u", "admin");
        request.setParameter("p", "a");

        assertThat(send(request).refusal(401)).isEqualTo(UNPARSABLE);
    }

    @Test
    void basicWhenRightThenNamesTheUser() throws Exception {
        createUsers();

        assertThat(get("/user", basic("joe", "j:j")).outcome()).isEqualTo("joe");
        assertThat(get("/user", basic("empty", "")).outcome()).isEqualTo("empty");
        assertThat(get("/user", basic("zoë", "pässwörd")).outcome()).isEqualTo("zoë");
        assertThat(get("/user", "bAsIc YWRtaW46YQ==").outcome()).isEqualTo("admin");
        assertThat(get("/user", "Basic YWRtaW46YR==").outcome()).isEqualTo("admin");
    }

    @Test
    void tokenWhenRightThenNamesTheUser() throws Exception {
        createUsers();

        assertThat(get("/user", "Token admin:a").outcome()).isEqualTo("admin");
        assertThat(get("/user", "Token joe:j:j").outcome()).isEqualTo("joe");
        assertThat(get("/user", "Token empty:").outcome()).isEqualTo("empty");
        assertThat(get("/user", latin1Of("Token zoë:pässwörd")).outcome()).isEqualTo("zoë");
    }

    @Test
    void bearerWhenRightThenNamesTheUser() throws Exception {
        createUsers();

        assertThat(get("/user", bearer("admin")).outcome()).isEqualTo("admin");
        assertThat(get("/user", bearer("zoë")).outcome()).isEqualTo("zoë");
        assertThat(get("/admin", bearer("joe")).outcome()).isEqualTo("403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "Bearer",
                "Bearer a b",
                "bearer a.b.c",
                "BEARER a.b.c",
                "Bearer  a.b.c",
                "Token",
                "Token admin",
                "token admin:a",
                "TOKEN admin:a",
                "Token admin:a b",
                "Token  admin:a",
                "Basic",
                "Basic x",
                "Basic admin:a",
                "Basic YWRtaW46YQ",
                "Basic YWRtaW46YQ===",
                "Basic YWRt aW46YQ==",
                "Basic  YWRtaW46YQ==",
                "Basic YWRtaW4=",
                "Digest username=admin",
                "Negotiate YWRtaW46YQ=="
            })
    void headerWhenItCannotBeReadThenSaysSo(String header) throws Exception {
        createUsers();
        assertThat(get("/user", header).refusal(401)).isEqualTo(UNPARSABLE);
    }

    @Test
    void credentialsWhenWrongThenSaysWhy() throws Exception {
        createUsers();

        assertThat(get("/user", null).refusal(401)).isEqualTo(UNPARSABLE);
        assertThat(get("/user", basic("admin", "b")).refusal(401)).isEqualTo(FAILED);
        assertThat(get("/user", basic("admin", "")).refusal(401)).isEqualTo(FAILED);
        assertThat(get("/user", basic("nobody", "b")).refusal(401)).isEqualTo(FAILED);
        assertThat(get("/user", basic("Admin", "a")).refusal(401)).isEqualTo(FAILED);
        assertThat(get("/user", basic("", "b")).refusal(401)).isEqualTo("username required");
        assertThat(get("/user", basic("", "")).refusal(401)).isEqualTo("username required");
        assertThat(get("/user", "Token admin:b").refusal(401)).isEqualTo(FAILED);
        assertThat(get("/user", "Token :b").refusal(401)).isEqualTo("username required");
        assertThat(get("/user?u=admin&p=b", null).refusal(401)).isEqualTo(FAILED);
        assertThat(get("/user", "Bearer a.b").refusal(401)).isEqualTo("token contains an invalid number of segments");
        assertThat(get("/user", "Bearer " + TestTokens.base64("{\\}") + ".x.y").refusal(401))
                .isEqualTo("invalid character '\\\\' looking for beginning of object key string");
        assertThat(get("/user", bearer("nobody")).refusal(401)).isEqualTo("user not found");
        assertThat(get("/admin", basic("joe", "j:j")).refusal(403)).isEqualTo("error authorizing admin access");
    }

    @Test
    void bearerWhenThereIsNoSecretThenIsDisabled() throws Exception {
        settings = new SecuritySettings(true, false, true, "", "InfluxDB", "");
        createUsers();

        assertThat(get("/user", "Bearer junk").refusal(401)).isEqualTo("bearer auth disabled");
        String signedWithNothing = TestTokens.of("", "admin", Instant.now().getEpochSecond() + 600);
        assertThat(get("/user", "Bearer " + signedWithNothing).refusal(401)).isEqualTo("bearer auth disabled");
        assertThat(get("/user", basic("admin", "a")).outcome()).isEqualTo("admin");
    }

    // What is answered, and what follows a change.

    @Test
    void refusalWhenRealmIsSetThenChallengesWithIt() throws Exception {
        settings = new SecuritySettings(true, false, true, SECRET, "my realm", "");
        createUsers();

        Answer answer = get("/user", bearer("nobody"));

        assertThat(answer.response().getHeader("WWW-Authenticate")).isEqualTo("Basic realm=\"my realm\"");
    }

    @Test
    void answerWhenAcceptedThenHasNoHeadersAndNoSession() throws Exception {
        createUsers();
        MockHttpServletRequest request = request("GET", "/user", basic("joe", "j:j"));

        Answer answer = send(request);

        assertThat(answer.response().getHeaderNames()).containsExactlyInAnyOrder("Content-Type", "Content-Length");
        assertThat(request.getSession(false)).isNull();
    }

    @Test
    void refusalWhenSentThenHasNoSession() throws Exception {
        createUsers();
        MockHttpServletRequest request = request("GET", "/user", null);
        send(request);
        assertThat(request.getSession(false)).isNull();
    }

    @Test
    void changeWhenMadeThenCountsForTheNextRequest() throws Exception {
        createUsers();
        String token = bearer("joe");
        assertThat(get("/grants", token).text()).isEqualTo("{db1=READ}");

        users.grant("joe", "db1", Privilege.ALL);
        assertThat(get("/grants", token).text()).isEqualTo("{db1=ALL}");
        users.setAdmin("joe", true);
        assertThat(get("/admin", token).outcome()).isEqualTo("joe");
        users.setAdmin("joe", false);
        assertThat(get("/admin", token).outcome()).isEqualTo("403");
        users.setPassword("joe", "new");
        assertThat(get("/user", basic("joe", "j:j")).outcome()).isEqualTo("401");
        assertThat(get("/user", basic("joe", "new")).outcome()).isEqualTo("joe");
        users.drop("joe");
        assertThat(get("/user", basic("joe", "new")).outcome()).isEqualTo("401");
        assertThat(get("/user", token).refusal(401)).isEqualTo("user not found");
    }

    // The surroundings.

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String bearer(String user) {
        return "Bearer " + TestTokens.of(SECRET, latin1Of(user), Instant.now().getEpochSecond() + 600);
    }

    /** The text as a container presents it that takes the bytes of its UTF-8 for characters. */
    private static String latin1Of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Answer get(String url, @Nullable String authorization) throws Exception {
        return send(request("GET", url, authorization));
    }

    private static MockHttpServletRequest request(String method, String url, @Nullable String authorization) {
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setQueryString(question < 0 ? null : url.substring(question + 1));
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        return request;
    }

    private Answer send(MockHttpServletRequest request) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        AnnotationConfigWebApplicationContext started = context();
        started.getBean("springSecurityFilterChain", Filter.class)
                .doFilter(
                        request,
                        response,
                        (passed, answer) -> Objects.requireNonNull(dispatcher).service(passed, answer));
        return new Answer(response);
    }

    private AnnotationConfigWebApplicationContext context() throws Exception {
        if (context == null) {
            MockServletContext servletContext = new MockServletContext();
            context = new AnnotationConfigWebApplicationContext();
            context.setServletContext(servletContext);
            context.addBeanFactoryPostProcessor(beans -> {
                beans.registerSingleton("securitySettings", settings);
                beans.registerSingleton("users", users);
            });
            context.register(Routes.class);
            context.refresh();
            dispatcher = new DispatcherServlet(context);
            dispatcher.init(new MockServletConfig(servletContext));
        }
        return context;
    }

    private record Answer(MockHttpServletResponse response) {

        int status() {
            return response.getStatus();
        }

        String text() {
            return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
        }

        /** The status, or the body when that is 200. */
        String outcome() {
            return status() == 200 ? text() : String.valueOf(status());
        }

        /** The text of a refusal that has the right headers. */
        String refusal(int expectedStatus) {
            assertThat(status()).isEqualTo(expectedStatus);
            assertThat(response.getHeader("WWW-Authenticate"))
                    .isEqualTo(expectedStatus == 401 ? "Basic realm=\"InfluxDB\"" : null);
            assertThat(response.getHeader("X-Influxdb-Error")).isEqualTo(expectedStatus == 401 ? null : text());
            return text();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableWebSecurity
    @Import({SecurityConfiguration.class, Routes.Controller.class})
    static class Routes {

        @Bean
        ErrorBodyWriter errorBodyWriter() {
            return (HttpServletRequest request, HttpServletResponse response, String text) ->
                    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        @Bean
        BrakeSettings brakeSettings() {
            return new BrakeSettings(0, 0, 0);
        }

        @Bean
        OidcSettings oidcSettings() {
            return OidcSettings.NONE;
        }

        @Bean
        LdapSettings ldapSettings() {
            return LdapSettings.NONE;
        }

        @Bean
        Roles roles() {
            return TestRoles.empty();
        }

        @Bean
        SecurityObserver securityObserver() {
            return SecurityObserver.NONE;
        }

        @RestController
        static class Controller {

            @RouteAccess(Access.OPEN)
            @GetMapping("/open")
            byte[] open(Caller caller) {
                return name(caller);
            }

            @RouteAccess(Access.PROBE)
            @GetMapping("/probe")
            byte[] probe(Caller caller) {
                return name(caller);
            }

            @RouteAccess(Access.USER)
            @GetMapping("/user")
            byte[] user(Caller caller) {
                return name(caller);
            }

            @RouteAccess(Access.USER)
            @PostMapping("/user")
            byte[] post(Caller caller) {
                return name(caller);
            }

            @RouteAccess(Access.ADMIN)
            @GetMapping("/admin")
            byte[] admin(Caller caller) {
                return name(caller);
            }

            @GetMapping("/forgotten")
            byte[] forgotten(Caller caller) {
                return name(caller);
            }

            @RouteAccess(Access.USER)
            @GetMapping("/grants")
            byte[] grants(Caller caller) {
                return caller.user().orElseThrow().grants().toString().getBytes(StandardCharsets.UTF_8);
            }

            private static byte[] name(Caller caller) {
                String name = caller == Caller.UNRESTRICTED
                        ? "*"
                        : caller.user().map(UserAccount::name).orElse("nobody");
                return name.getBytes(StandardCharsets.UTF_8);
            }
        }
    }
}
