package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.SluiceApplication;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Log-ins by client certificates, over TLS. */
@Tag("integration")
@Timeout(120)
class ClientCertificateIntegrationTests {

    private static final String UNPARSABLE = "{\"error\":\"unable to parse authentication credentials\"}";

    @TempDir
    private static Path folder;

    private static TestCertificate own;
    private static TestCertificate joe;
    private static TestCertificate nobody;
    private static TestCertificate twoNames;
    private static TestCertificate noName;
    private static TestCertificate forged;
    private static TestCertificate stranger;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws Exception {
        own = TestCertificate.generate(folder, "EC");
        joe = client("CN=joe, OU=plant, O=example");
        nobody = client("CN=nobody");
        twoNames = client("CN=admin, CN=joe");
        noName = client("O=joe");
        forged = client("CN=joe, OU=plant, O=example");
        stranger = client("CN=admin");
        service = run("open", "--influxdb.tls.client-ca-certs=" + authorities());
        assertThat(query(own.clientContext(), "", "", "CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES")
                        .statusCode())
                .isEqualTo(200);
        asAdmin("CREATE DATABASE db1");
        asAdmin("CREATE USER joe WITH PASSWORD 'joe'");
        asAdmin("GRANT READ ON db1 TO joe");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static TestCertificate client(String subject) throws Exception {
        return TestCertificate.generate(folder, "EC", subject, "eku=clientAuth");
    }

    private static Path authorities() throws Exception {
        String all =
                joe.certificatePem() + nobody.certificatePem() + twoNames.certificatePem() + noName.certificatePem();
        return Files.writeString(folder.resolve("clients.pem"), all);
    }

    private static ConfigurableApplicationContext run(String name, String... more) throws Exception {
        Path pem = Files.writeString(folder.resolve(name + ".pem"), own.certificatePem() + own.privateKeyPem());
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--influxdb.meta.http-enabled=false",
                "--influxdb.http.auth-enabled=true",
                "--influxdb.http.https-enabled=true",
                "--influxdb.http.https-certificate=" + pem,
                "--influxdb.tls.client-certificate-user=cn",
                "--influxdb.audit.enabled=true",
                "--influxdb.audit.path=" + folder.resolve(name + ".log"),
                "--influxdb.meta.dir=" + folder.resolve(name + "/meta"),
                "--influxdb.data.dir=" + folder.resolve(name + "/data"),
                "--influxdb.data.wal-dir=" + folder.resolve(name + "/wal")));
        arguments.addAll(List.of(more));
        return SpringApplication.run(SluiceApplication.class, arguments.toArray(String[]::new));
    }

    private static void asAdmin(String statement) throws Exception {
        assertThat(query(own.clientContext(), "", basic("admin", "admin"), statement)
                        .statusCode())
                .isEqualTo(200);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> query(SSLContext tls, String parameters, String authorization, String statement)
            throws IOException, InterruptedException {
        return query(service, tls, parameters, authorization, statement);
    }

    private static HttpResponse<String> query(
            ConfigurableApplicationContext server,
            SSLContext tls,
            String parameters,
            String authorization,
            String statement)
            throws IOException, InterruptedException {
        int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + port + "/query?db=db1" + parameters))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newBuilder().sslContext(tls).build().send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> read(TestCertificate client, String parameters, String authorization)
            throws Exception {
        return query(client.ownContext(own), parameters, authorization, "SHOW MEASUREMENTS");
    }

    @Test
    void certificateWhenNothingElseIsSaidThenNamesTheUserWithTheirRights() throws Exception {
        assertThat(read(joe, "", "").statusCode()).isEqualTo(200);
        HttpResponse<String> denied = query(joe.ownContext(own), "", "", "CREATE DATABASE db2");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("joe not authorized");
        assertThat(read(nobody, "", "").statusCode()).isEqualTo(401);
        assertThat(read(nobody, "", "").body().strip()).isEqualTo("{\"error\":\"user not found\"}");
        assertThat(Files.readString(folder.resolve("open.log")))
                .contains("\"event\":\"login\",\"user\":\"joe\",\"address\":\"127.0.0.1\",\"means\":\"certificate\"")
                .contains("\"event\":\"login\",\"user\":\"nobody\",\"address\":\"127.0.0.1\",\"means\":\"certificate\""
                        + ",\"outcome\":\"failure\",\"error\":\"user not found\"")
                .contains("\"event\":\"access\",\"user\":\"joe\",\"address\":\"127.0.0.1\",\"means\":\"certificate\"");
    }

    @Test
    void certificateWhenItsSubjectHasNotOneNameThenIsNobodys() throws Exception {
        assertThat(read(twoNames, "", "").body().strip()).isEqualTo(UNPARSABLE);
        assertThat(read(noName, "", "").body().strip()).isEqualTo(UNPARSABLE);
    }

    @Test
    void certificateWhenThereAreCredentialsThenTheyDecideAlsoWhenTheyAreWrong() throws Exception {
        assertThat(query(joe.ownContext(own), "", basic("admin", "admin"), "SHOW USERS")
                        .statusCode())
                .isEqualTo(200);
        assertThat(query(joe.ownContext(own), "&u=admin&p=admin", "", "SHOW USERS")
                        .statusCode())
                .isEqualTo(200);
        assertThat(read(joe, "", basic("joe", "wrong")).body().strip())
                .isEqualTo("{\"error\":\"authorization failed\"}");
        assertThat(read(joe, "&u=joe&p=wrong", "").body().strip()).isEqualTo("{\"error\":\"authorization failed\"}");
        assertThat(read(joe, "&u=joe", "").body().strip()).isEqualTo(UNPARSABLE);
        assertThat(read(joe, "&p=joe", "").body().strip()).isEqualTo(UNPARSABLE);
        assertThat(read(joe, "", "Digest x").body().strip()).isEqualTo(UNPARSABLE);
        assertThat(read(joe, "", "Bearer x").body().strip()).isEqualTo("{\"error\":\"bearer auth disabled\"}");
    }

    @Test
    void certificateWhenThereIsNoneThenCredentialsAreNeededAndAForgedOneEndsTheConnection() throws Exception {
        assertThat(query(own.clientContext(), "", "", "SHOW MEASUREMENTS")
                        .body()
                        .strip())
                .isEqualTo(UNPARSABLE);
        assertThat(query(own.clientContext(), "", basic("joe", "joe"), "SHOW MEASUREMENTS")
                        .statusCode())
                .isEqualTo(200);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(forged, "", ""));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(forged, "", basic("admin", "admin")));
        // A client does not show what the service says it would not trust.
        assertThat(read(stranger, "", "").body().strip()).isEqualTo(UNPARSABLE);
    }

    @Test
    void userWhenDroppedThenTheCertificateIsOfNoUse() throws Exception {
        asAdmin("CREATE USER nobody WITH PASSWORD 'x'");
        assertThat(read(nobody, "", "").statusCode()).isEqualTo(403);
        asAdmin("DROP USER nobody");
        assertThat(read(nobody, "", "").statusCode()).isEqualTo(401);
    }

    @Test
    void clientAuthWhenItIsNeedThenNobodyConnectsWithoutOne() throws Exception {
        // Boot's own names.
        try (ConfigurableApplicationContext strict = run(
                "strict", "--server.ssl.trust-certificate=file:" + authorities(), "--server.ssl.client-auth=need")) {
            assertThat(query(strict, joe.ownContext(own), "", "", "SHOW DATABASES")
                            .statusCode())
                    .isEqualTo(403);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> query(strict, own.clientContext(), "", "", "SHOW DATABASES"));
        }
    }

    @Test
    void startWhenTheAuthoritiesOfTheWebWouldBeTrustedThenIsRefused() {
        for (String clientAuth : List.of("want", "need", "none")) {
            Throwable refusal = catchThrowable(() ->
                    run("refused", "--server.ssl.client-auth=" + clientAuth).close());
            while (refusal != null && !(refusal instanceof InvalidSettingException)) {
                refusal = refusal.getCause();
            }
            assertThat(refusal).hasMessageStartingWith("influxdb.tls.client-certificate-user cannot be 'cn'");
        }
    }
}
