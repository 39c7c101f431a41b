package dev.sluice.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;

/**
 * Serves a new certificate without a restart, which Boot does for other web servers than Jetty: when a bundle says that it
 * has changed, or when the contents of a file are others than before. What cannot be used is told of once, and the present
 * certificate stays. Connections that are open go on as they are. Warns of a certificate that will end soon.
 */
final class TlsReload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    /** Files are looked at rather than watched: events do not come from every file system. */
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final String FILE = "file:";

    private final Duration warningPeriod;
    private final Clock clock;
    private final Map<String, Instant> warned = new HashMap<>();
    private final Map<String, String> seen = new LinkedHashMap<>();
    private @Nullable PeriodicTask task;
    private @Nullable Ssl ssl;
    private @Nullable SslContextFactory factory;

    /**
     * Not yet anything's.
     *
     * @param warningPeriod how long before a certificate's end it is told of
     */
    TlsReload(Duration warningPeriod, Clock clock) {
        this.warningPeriod = warningPeriod;
        this.clock = clock;
    }

    /** Begins for a server that Boot has given its connectors. */
    synchronized void begin(Server server, @Nullable Ssl settings, @Nullable SslBundles bundles) {
        SslContextFactory found = find(server);
        if (found == null || settings == null) {
            return;
        }
        ssl = settings;
        factory = found;
        String bundle = settings.getBundle();
        if (bundle != null && bundles != null) {
            bundles.addBundleUpdateHandler(bundle, this::changed);
        } else {
            files().forEach(file -> seen.put(file, digest(file)));
        }
        warnOfEnd();
        task = PeriodicTask.every(INTERVAL_NANOS, "tls-reload", this::look);
    }

    private static @Nullable SslContextFactory find(Server server) {
        for (Connector connector : server.getConnectors()) {
            SslConnectionFactory found = connector.getConnectionFactory(SslConnectionFactory.class);
            if (found != null) {
                return found.getSslContextFactory();
            }
        }
        return null;
    }

    private List<String> files() {
        Ssl settings = Objects.requireNonNull(ssl);
        return Stream.of(
                        settings.getCertificate(),
                        settings.getCertificatePrivateKey(),
                        settings.getTrustCertificate(),
                        settings.getKeyStore(),
                        settings.getTrustStore())
                .filter(location -> location != null && location.startsWith(FILE))
                .distinct()
                .toList();
    }

    private static Path path(String location) {
        return location.startsWith("file:///")
                ? Path.of(URI.create(location))
                : Path.of(location.substring(FILE.length()));
    }

    /** Of the contents nothing is kept, as one is a key. */
    private static String digest(String location) {
        try {
            byte[] contents = Files.readAllBytes(path(location));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(contents));
        } catch (IOException unreadable) {
            return "unreadable";
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    private synchronized void look() {
        boolean changed = false;
        for (Map.Entry<String, String> file : seen.entrySet()) {
            String present = digest(file.getKey());
            changed |= !present.equals(file.getValue());
            file.setValue(present);
        }
        if (changed) {
            reloadFiles();
        }
        warnOfEnd();
    }

    private void reloadFiles() {
        Ssl settings = Objects.requireNonNull(ssl);
        try {
            String certificate = settings.getCertificate();
            String key = settings.getCertificatePrivateKey();
            if (certificate != null && certificate.startsWith(FILE) && key != null && key.startsWith(FILE)) {
                // Its texts say more than those of the next line.
                TlsFiles.check(path(certificate).toString(), path(key).toString());
            }
            use(WebServerSslBundle.get(settings));
        } catch (Exception unusable) {
            LOG.warn("The new certificate is not used, the present one stays: {}", unusable.getMessage());
        }
    }

    private synchronized void changed(SslBundle bundle) {
        try {
            use(bundle);
            warnOfEnd();
        } catch (Exception unusable) {
            LOG.warn("The new certificate is not used, the present one stays: {}", unusable.getMessage());
        }
    }

    private void use(SslBundle bundle) throws Exception {
        // Fails here rather than in Jetty, which has thrown the present one away by then.
        bundle.createSslContext();
        KeyStore keys = bundle.getStores().getKeyStore();
        KeyStore trust = bundle.getStores().getTrustStore();
        Objects.requireNonNull(factory).reload(present -> {
            present.setKeyStore(keys);
            present.setTrustStore(trust);
        });
        LOG.info("A new certificate is served, good until {}", keys == null ? "?" : end(keys));
    }

    private static String end(KeyStore keys) throws GeneralSecurityException {
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(alias) && keys.getCertificate(alias) instanceof X509Certificate certificate) {
                return certificate.getNotAfter().toInstant().toString();
            }
        }
        return "?";
    }

    /** Once a day for each. */
    private void warnOfEnd() {
        KeyStore keys = Objects.requireNonNull(factory).getKeyStore();
        if (keys == null) {
            return;
        }
        Instant now = clock.instant();
        try {
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getCertificate(alias) instanceof X509Certificate certificate) {
                    Instant end = certificate.getNotAfter().toInstant();
                    String name = certificate.getSerialNumber() + " " + certificate.getIssuerX500Principal();
                    Instant last = warned.getOrDefault(name, Instant.MIN);
                    if (now.isAfter(end.minus(warningPeriod)) && last.isBefore(now.minus(Duration.ofDays(1)))) {
                        warned.put(name, now);
                        LOG.warn(
                                "The certificate of {} {} at {}",
                                certificate.getSubjectX500Principal(),
                                now.isAfter(end) ? "has ended" : "ends",
                                end);
                    }
                }
            }
        } catch (GeneralSecurityException unreadable) {
            LOG.warn("The end of the certificate is not known: {}", unreadable.getMessage());
        }
    }

    @Override
    public void close() throws InterruptedException {
        PeriodicTask running;
        synchronized (this) {
            running = task;
            task = null;
        }
        // Not within the lock, which a run that is under way needs to end.
        if (running != null) {
            running.close();
        }
    }
}
