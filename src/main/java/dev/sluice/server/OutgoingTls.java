package dev.sluice.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS of connections that this service opens: whom it trusts, and how it shows who it is. */
final class OutgoingTls {

    private static final String PEM_FILE = "Name a file in PEM format that this process may read.";
    private static final char[] IN_MEMORY = {};

    private OutgoingTls() {}

    /**
     * Connections without a certificate of our own.
     *
     * @param insecure whether certificates of others are taken unseen
     * @param setting that names the authorities
     * @param authorities PEM file of those who are trusted; empty for whom the JVM trusts
     * @throws UnusableResourceException naming the setting to be corrected
     */
    static SSLContext context(boolean insecure, String setting, String authorities) {
        return context(insecure, setting, authorities, null);
    }

    /**
     * Connections with a certificate of our own.
     *
     * @param identity null for none
     */
    static SSLContext context(boolean insecure, String setting, String authorities, @Nullable Identity identity) {
        try {
            if (!insecure && authorities.isEmpty() && identity == null) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity == null ? null : identity.keyManagers(),
                    insecure ? new TrustManager[] {new TrustAll()} : trusted(setting, authorities),
                    null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("this platform has no TLS", unusable);
        }
    }

    /**
     * A certificate to be shown.
     *
     * @param certificateSetting that names the first file
     * @param certificate PEM file of the chain
     * @param privateKeySetting that names the second
     * @param privateKey PEM file of the key; empty when it stands in the other
     */
    record Identity(String certificateSetting, String certificate, String privateKeySetting, String privateKey) {

        private KeyManager[] keyManagers() throws GeneralSecurityException {
            TlsFiles.Pair pair = TlsFiles.read(certificateSetting, certificate, privateKeySetting, privateKey);
            KeyStore store = emptyStore();
            store.setKeyEntry("own", pair.key(), IN_MEMORY, pair.chain().toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY);
            return factory.getKeyManagers();
        }
    }

    private static TrustManager @Nullable [] trusted(String setting, String file) throws GeneralSecurityException {
        if (file.isEmpty()) {
            // Those of the JVM.
            return null;
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities(setting, file));
        return trust.getTrustManagers();
    }

    private static KeyStore authorities(String setting, String file) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
        } catch (IOException | GeneralSecurityException unusable) {
            throw new UnusableResourceException(
                    setting, file, "it cannot be read (" + unusable + ").", PEM_FILE, unusable);
        }
        if (store.size() == 0) {
            String reason = "it has no certificate.";
            throw new UnusableResourceException(setting, file, reason, PEM_FILE, new IllegalArgumentException(reason));
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing was read", impossible);
        }
        return store;
    }

    /** What an insecure connection asks for: neither who signed a certificate nor for whom is looked at. */
    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {
            // Everybody is trusted.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            // Everybody is trusted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
            // Everybody is trusted.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
            // Everybody is trusted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            // Everybody is trusted.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            // Everybody is trusted.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
