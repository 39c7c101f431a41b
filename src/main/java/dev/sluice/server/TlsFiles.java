package dev.sluice.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** Looks at the files of a certificate before the web server does, whose errors name neither file nor setting. */
final class TlsFiles {

    private static final String CERTIFICATE = "influxdb.http.https-certificate";
    private static final String PRIVATE_KEY = "influxdb.http.https-private-key";

    private TlsFiles() {}

    /**
     * Checks that both files can be read and belong together as far as their kinds of key tell.
     *
     * @param privateKey empty when the key stands in the certificate's file
     * @throws UnusableResourceException naming the setting to be corrected
     */
    static void check(String certificate, String privateKey) {
        PemContent certificates = read(CERTIFICATE, certificate);
        X509Certificate leaf = leaf(certificates, certificate);
        String setting = privateKey.isEmpty() ? CERTIFICATE : PRIVATE_KEY;
        String file = privateKey.isEmpty() ? certificate : privateKey;
        PrivateKey key = key(privateKey.isEmpty() ? certificates : read(PRIVATE_KEY, file), setting, file);
        if (!key.getAlgorithm().equals(leaf.getPublicKey().getAlgorithm())) {
            throw unusable(
                    setting,
                    file,
                    "its key is for " + key.getAlgorithm() + ", the certificate's for "
                            + leaf.getPublicKey().getAlgorithm() + ".",
                    null);
        }
    }

    private static PemContent read(String setting, String file) {
        try {
            return PemContent.of(Files.readString(Path.of(file)));
        } catch (IOException | RuntimeException unreadable) {
            throw unusable(setting, file, "the file cannot be read (" + unreadable + ").", unreadable);
        }
    }

    private static X509Certificate leaf(PemContent content, String file) {
        List<X509Certificate> found;
        try {
            found = content.getCertificates();
        } catch (RuntimeException malformed) {
            throw unusable(CERTIFICATE, file, "it has no certificate in PEM format.", malformed);
        }
        if (found.isEmpty()) {
            throw unusable(CERTIFICATE, file, "it has no certificate in PEM format.", null);
        }
        return found.get(0);
    }

    private static PrivateKey key(PemContent content, String setting, String file) {
        PrivateKey key;
        try {
            key = content.getPrivateKey();
        } catch (RuntimeException malformed) {
            throw unusable(setting, file, "it has no private key in PEM format, without a password.", malformed);
        }
        if (key == null) {
            throw unusable(setting, file, "it has no private key in PEM format, without a password.", null);
        }
        return key;
    }

    private static UnusableResourceException unusable(
            String setting, String file, String reason, @Nullable Exception cause) {
        return new UnusableResourceException(
                setting,
                file,
                reason,
                "Name a PEM file that this process may read; the private key stands in " + PRIVATE_KEY
                        + ", or in the certificate's file when that is empty.",
                cause == null ? new IllegalArgumentException(reason) : cause);
    }
}
