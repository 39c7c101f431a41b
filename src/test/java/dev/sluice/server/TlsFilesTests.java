package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTests {

    @TempDir
    private static Path folder;

    private static String certificate;
    private static String key;
    private static String both;
    private static String otherKey;
    private static String foreignKey;
    private static String nonsense;

    @BeforeAll
    static void writeFiles() throws Exception {
        TestCertificate first = TestCertificate.generate(folder, "EC");
        TestCertificate second = TestCertificate.generate(folder, "RSA");
        certificate = write("certificate.pem", first.certificatePem());
        key = write("key.pem", first.privateKeyPem());
        both = write("both.pem", first.certificatePem() + first.privateKeyPem());
        otherKey = write("other.pem", second.privateKeyPem());
        foreignKey = write("foreign.pem", TestCertificate.generate(folder, "EC").privateKeyPem());
        nonsense = write("nonsense.pem", "nothing of the kind\n");
    }

    private static String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void checkWhenOneFileOrTwoThenPasses() {
        assertThatNoException().isThrownBy(() -> TlsFiles.check(certificate, key));
        assertThatNoException().isThrownBy(() -> TlsFiles.check(both, ""));
    }

    @Test
    void checkWhenUnusableThenNamesSettingAndFile() {
        refused("no.pem", "", "influxdb.http.https-certificate", "the file cannot be read");
        refused(nonsense, "", "influxdb.http.https-certificate", "it has no certificate in PEM format.");
        refused(key, "", "influxdb.http.https-certificate", "it has no certificate in PEM format.");
        refused(certificate, "", "influxdb.http.https-certificate", "it has no private key in PEM format");
        refused(certificate, "no.pem", "influxdb.http.https-private-key", "the file cannot be read");
        refused(certificate, nonsense, "influxdb.http.https-private-key", "it has no private key in PEM format");
        refused(
                certificate,
                otherKey,
                "influxdb.http.https-private-key",
                "its key is for RSA, the certificate's for EC.");
        refused(certificate, foreignKey, "influxdb.http.https-private-key", "its key is not that of the certificate.");
    }

    private static void refused(String certificate, String privateKey, String setting, String reason) {
        assertThatExceptionOfType(UnusableResourceException.class)
                .isThrownBy(() -> TlsFiles.check(certificate, privateKey))
                .satisfies(refusal -> {
                    assertThat(refusal.setting()).isEqualTo(setting);
                    assertThat(refusal.value()).isEqualTo(privateKey.isEmpty() ? certificate : privateKey);
                    assertThat(refusal.reason()).startsWith(reason);
                });
    }
}
