package dev.sluice.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
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
     * Checks that both files can be read and belong together.
     *
     * @param privateKey empty when the key stands in the certificate's file
     * @throws UnusableResourceException naming the setting to be corrected
     */
    static void check(String certificate, String privateKey) {
        read(CERTIFICATE, certificate, PRIVATE_KEY, privateKey);
    }

    /** Checks that a file of certificates can be read. */
    static void checkAuthorities(String setting, String file) {
        chain(read(setting, file), setting, file);
    }

    /** A certificate with those that vouch for it, and its key. */
    record Pair(List<X509Certificate> chain, PrivateKey key) {}

    /**
     * Reads a certificate and its key, wherever settings name them.
     *
     * @param privateKey empty when the key stands in the certificate's file
     * @throws UnusableResourceException naming the setting to be corrected
     */
    static Pair read(String certificateSetting, String certificate, String privateKeySetting, String privateKey) {
        PemContent certificates = read(certificateSetting, certificate);
        List<X509Certificate> chain = chain(certificates, certificateSetting, certificate);
        String setting = privateKey.isEmpty() ? certificateSetting : privateKeySetting;
        String file = privateKey.isEmpty() ? certificate : privateKey;
        PrivateKey key = key(privateKey.isEmpty() ? certificates : read(privateKeySetting, file), setting, file);
        String algorithm = chain.get(0).getPublicKey().getAlgorithm();
        if (!key.getAlgorithm().equals(algorithm)) {
            throw unusable(
                    setting,
                    file,
                    "its key is for " + key.getAlgorithm() + ", the certificate's for " + algorithm + ".",
                    null);
        }
        if (!isOf(key, chain.get(0).getPublicKey())) {
            throw unusable(setting, file, "its key is not that of the certificate.", null);
        }
        return new Pair(chain, key);
    }

    /** Whether what one key signs the other one finds signed; kinds of keys that are not known pass. */
    private static boolean isOf(PrivateKey key, PublicKey certified) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA" -> "EdDSA";
                    default -> "";
                };
        if (algorithm.isEmpty()) {
            return true;
        }
        byte[] text = "sluice".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException foreign) {
            return false;
        }
    }

    private static PemContent read(String setting, String file) {
        try {
            return PemContent.of(Files.readString(Path.of(file)));
        } catch (IOException | RuntimeException unreadable) {
            throw unusable(setting, file, "the file cannot be read (" + unreadable + ").", unreadable);
        }
    }

    private static List<X509Certificate> chain(PemContent content, String setting, String file) {
        List<X509Certificate> found;
        try {
            found = content.getCertificates();
        } catch (RuntimeException malformed) {
            throw unusable(setting, file, "it has no certificate in PEM format.", malformed);
        }
        if (found.isEmpty()) {
            throw unusable(setting, file, "it has no certificate in PEM format.", null);
        }
        return found;
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
                "Name a PEM file that this process may read; the private key stands in a file of its own, or in the"
                        + " certificate's when none is named.",
                cause == null ? new IllegalArgumentException(reason) : cause);
    }
}
