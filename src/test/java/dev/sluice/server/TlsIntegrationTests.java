package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.SluiceApplication;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** New certificates without a restart, and what old clients hear. */
@Tag("integration")
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class TlsIntegrationTests {

    private static final int ECDSA_AES_128_GCM = 0xC02B;
    private static final int ECDSA_AES_256_GCM = 0xC02C;

    /** Those of TLS 1.0 and 1.1 that a certificate of either kind could serve. */
    private static final int[] OF_OLD_VERSIONS = {0x002F, 0x0035, 0xC009, 0xC00A, 0xC013, 0xC014};

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--influxdb.meta.http-enabled=false",
                "--influxdb.meta.dir=" + folder.resolve("meta"),
                "--influxdb.data.dir=" + folder.resolve("data"),
                "--influxdb.data.wal-dir=" + folder.resolve("wal")));
        arguments.addAll(List.of(more));
        return SpringApplication.run(SluiceApplication.class, arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext service) {
        return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static HttpClient trusting(TestCertificate certificate) throws Exception {
        return HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
    }

    private static int ping(HttpClient client, int port) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/ping"))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** Asks on a connection that is open: a client of the library may open another one unseen. */
    private static String ping(SSLSocket connection) throws IOException {
        connection.setSoTimeout(20_000);
        connection
                .getOutputStream()
                .write("GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                throw new EOFException("closed after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void untilServed(TestCertificate certificate, int port) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () -> assertThat(ping(trusting(certificate), port)).isEqualTo(204));
    }

    private static void replace(Path file, String contents) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), contents);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void filesWhenTheyChangeThenTheNewCertificateIsServedAndWhatCannotBeUsedIsNot(CapturedOutput output)
            throws Exception {
        TestCertificate first = TestCertificate.generate(folder, "EC");
        TestCertificate second = TestCertificate.generate(folder, "EC");
        Path certificate = Files.writeString(folder.resolve("cert.pem"), first.certificatePem());
        Path key = Files.writeString(folder.resolve("key.pem"), first.privateKeyPem());
        try (ConfigurableApplicationContext service = run(
                "--influxdb.http.https-enabled=true",
                "--influxdb.http.https-certificate=" + certificate,
                "--influxdb.http.https-private-key=" + key,
                "--influxdb.tls.min-version=tls1.0")) {
            int port = port(service);
            assertThat(ping(trusting(first), port)).isEqualTo(204);
            SSLSocket connected =
                    (SSLSocket) first.clientContext().getSocketFactory().createSocket("127.0.0.1", port);
            assertThat(ping(connected)).contains(" 204 ");
            assertThat(output).as("it is good for two days").contains("The certificate of CN=127.0.0.1 ends at ");

            // One file after the other, as tools do.
            replace(certificate, second.certificatePem());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> output.getAll().contains("its key is not that of the certificate"));
            assertThat(ping(trusting(first), port)).as("the pair as it was").isEqualTo(204);
            assertThat(ping(connected))
                    .as("so that it is not idle for too long")
                    .contains(" 204 ");

            replace(key, second.privateKeyPem());
            untilServed(second, port);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> ping(trusting(first), port));
            assertThat(ping(connected)).as("an open connection goes on").contains(" 204 ");
            connected.close();

            replace(certificate, "nothing of the kind\n");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> output.getAll().contains("it has no certificate in PEM format"));
            assertThat(ping(trusting(second), port)).isEqualTo(204);

            oldVersionsAreRefused(port);
            assertThat(RawTls.offer(port, RawTls.TLS_1_2, ECDSA_AES_128_GCM)).isEqualTo("accepted");
            assertThat(RawTls.offer(port, RawTls.TLS_1_2, ECDSA_AES_256_GCM)).isEqualTo("accepted");
        }
    }

    @Test
    void bundleWhenItChangesThenTheNewCertificateIsServed() throws Exception {
        TestCertificate first = TestCertificate.generate(folder, "EC");
        TestCertificate second = TestCertificate.generate(folder, "EC");
        Path pem = Files.writeString(folder.resolve("both.pem"), first.certificatePem() + first.privateKeyPem());
        try (ConfigurableApplicationContext service = run(
                "--spring.ssl.bundle.watch.file.quiet-period=500ms",
                "--spring.ssl.bundle.pem.web.reload-on-update=true",
                "--spring.ssl.bundle.pem.web.keystore.certificate=file:" + pem,
                "--spring.ssl.bundle.pem.web.keystore.private-key=file:" + pem,
                "--server.ssl.bundle=web")) {
            int port = port(service);
            assertThat(ping(trusting(first), port)).isEqualTo(204);

            Files.writeString(pem, second.certificatePem() + second.privateKeyPem());

            untilServed(second, port);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> ping(trusting(first), port));
            // By Boot's and the JVM's own defaults.
            oldVersionsAreRefused(port);
        }
    }

    private static void oldVersionsAreRefused(int port) throws IOException {
        assertThat(RawTls.offer(port, RawTls.TLS_1_0, OF_OLD_VERSIONS)).isIn("alert 70", "alert 40", "closed");
        assertThat(RawTls.offer(port, RawTls.TLS_1_1, OF_OLD_VERSIONS)).isIn("alert 70", "alert 40", "closed");
        // RC4, 3DES, export, none, anonymous, and those without forward secrecy.
        for (int weak : new int[] {0x0005, 0x000A, 0x0003, 0x0002, 0xC006, 0xC007, 0xC008, 0xC018, 0x0034, 0x002F}) {
            assertThat(RawTls.offer(port, RawTls.TLS_1_2, weak)).isIn("alert 40", "closed");
        }
    }

    @Test
    void ciphersWhenTheyAreNamedThenNoOtherIsTaken() throws Exception {
        TestCertificate own = TestCertificate.generate(folder, "EC");
        Path pem = Files.writeString(folder.resolve("both.pem"), own.certificatePem() + own.privateKeyPem());
        try (ConfigurableApplicationContext service = run(
                "--influxdb.http.https-enabled=true",
                "--influxdb.http.https-certificate=" + pem,
                "--influxdb.tls.max-version=tls1.2",
                "--influxdb.tls.ciphers=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")) {
            assertThat(RawTls.offer(port(service), RawTls.TLS_1_2, ECDSA_AES_256_GCM))
                    .isEqualTo("accepted");
            assertThat(RawTls.offer(port(service), RawTls.TLS_1_2, ECDSA_AES_128_GCM))
                    .isEqualTo("alert 40");
            assertThat(ping(trusting(own), port(service))).isEqualTo(204);
        }
    }
}
