package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.SluiceApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** TLS by the settings of {@code influxdb.conf}, and what the access log shows of requests. */
@Tag("integration")
@Timeout(60)
class HttpsIntegrationTests {

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static ConfigurableApplicationContext service;
    private static int port;

    /** Not by a test context: its dynamic properties come after the settings of TLS have been read. */
    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.generate(folder, "EC");
        Path pem = Files.writeString(
                folder.resolve("service.pem"), certificate.certificatePem() + certificate.privateKeyPem());
        service = SpringApplication.run(
                SluiceApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--influxdb.http.https-enabled=true",
                "--influxdb.http.https-certificate=" + pem,
                "--influxdb.tls.min-version=tls1.3",
                "--influxdb.meta.http-bind-address=127.0.0.1:0",
                "--influxdb.meta.https-enabled=true",
                "--influxdb.http.access-log-path=" + folder.resolve("access.log"),
                "--influxdb.meta.dir=" + folder.resolve("meta"),
                "--influxdb.data.dir=" + folder.resolve("data"),
                "--influxdb.data.wal-dir=" + folder.resolve("wal"));
        port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> post(SSLContext context, SSLParameters parameters, String scheme, String form)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(scheme + "://127.0.0.1:" + port + "/query?u=joe&p=s3cret"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void queriesAreAnsweredOverTlsAlone() throws Exception {
        SSLContext trusting = certificate.clientContext();
        assertThat(post(trusting, new SSLParameters(), "https", "q=SHOW+DATABASES")
                        .statusCode())
                .isEqualTo(200);

        SSLParameters old = new SSLParameters();
        old.setProtocols(new String[] {"TLSv1.2"});
        assertThatThrownBy(() -> post(trusting, old, "https", "q=SHOW+DATABASES"))
                .as("below min-version")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post(SSLContext.getDefault(), new SSLParameters(), "https", "q=SHOW+DATABASES"))
                .as("an unknown certificate")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post(trusting, new SSLParameters(), "http", "q=SHOW+DATABASES"))
                .as("plain HTTP")
                .isInstanceOf(IOException.class);
    }

    @Test
    void theMetaApiIsServedOverTlsAlone() throws Exception {
        int metaPort = service.getBean(MetaListener.class).port();
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
        assertThat(client.send(users("https", metaPort), BodyHandlers.ofString())
                        .body())
                .startsWith("{");
        assertThatThrownBy(() -> client.send(users("http", metaPort), BodyHandlers.ofString()))
                .as("plain HTTP")
                .isInstanceOf(IOException.class);
    }

    private static HttpRequest users(String scheme, int metaPort) {
        return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + metaPort + "/user"))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    /** Whoever asks for TLS must not be served without. */
    @Test
    void theMetaApiAsksForTheCertificateOfTheApi() {
        assertThatThrownBy(() -> SpringApplication.run(
                        SluiceApplication.class,
                        "--server.port=0",
                        "--management.server.port=0",
                        "--influxdb.meta.http-bind-address=127.0.0.1:0",
                        "--influxdb.meta.https-enabled=true",
                        "--influxdb.meta.dir=" + folder.resolve("meta2"),
                        "--influxdb.data.dir=" + folder.resolve("data2"),
                        "--influxdb.data.wal-dir=" + folder.resolve("wal2")))
                .hasStackTraceContaining("influxdb.meta.https-enabled");
    }

    @Test
    void theAccessLogShowsFormFieldsWithoutPasswords() throws Exception {
        post(
                certificate.clientContext(),
                new SSLParameters(),
                "https",
                "db=x&q=CREATE+USER+jane+WITH+PASSWORD+%27s3cret%27");

        Path log = folder.resolve("access.log");
        // The line is written when the answer has been sent, so the client can be faster.
        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.readString(log))
                        .contains("\"POST /query?p=%5BREDACTED%5D&u=joe HTTP/")
                        .contains(" {'db': 'x'}, {'q': 'CREATE USER jane WITH PASSWORD [REDACTED]'}\" 200 ")
                        .doesNotContain("s3cret"));
    }
}
