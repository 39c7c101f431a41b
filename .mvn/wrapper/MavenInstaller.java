import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Run by mvnw and mvnw.cmd as a single source file, so that a machine needs nothing but a JDK: downloads the pinned
 * Maven, checks its SHA-512 and unpacks it. {@code java MavenInstaller.java SETTINGS TARGET}, where TARGET becomes
 * Maven's home. It appears whole or not at all: unpacking happens beside it and ends in a rename.
 */
class MavenInstaller {

    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            settings.load(in);
        }
        Path target = Path.of(args[1]).toAbsolutePath();
        String version = settings.getProperty("mavenVersion");
        // MVNW_DIST_BASE serves people behind a mirror; the checksum stays the pinned one.
        String base = System.getenv().getOrDefault("MVNW_DIST_BASE", settings.getProperty("distributionBase"));
        URI source = URI.create(base + "/" + version + "/binaries/apache-maven-" + version + "-bin.zip");

        Files.createDirectories(target.getParent());
        Path work = Files.createTempDirectory(target.getParent(), "installing-");
        boolean installed = false;
        try {
            Path archive = work.resolve("maven.zip");
            System.err.println("mvnw: downloading " + source);
            download(source, archive, settings.getProperty("distributionSha512"));
            unpack(archive, work);
            Path home = work.resolve("apache-maven-" + version);
            home.resolve("bin/mvn").toFile().setExecutable(true, false);
            if (!Files.exists(target)) {
                Files.move(home, target, StandardCopyOption.ATOMIC_MOVE);
            }
            installed = true;
        }
        catch (IOException | SecurityException failure) {
            System.err.println("mvnw: cannot install Maven " + version + ": " + failure);
            System.err.println("mvnw: install Maven " + settings.getProperty("minimumVersion")
                    + " or newer yourself and put mvn on the PATH.");
        }
        finally {
            try (Stream<Path> files = Files.walk(work)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        // Not in the catch block: exit would skip the clean-up.
        if (!installed) {
            System.exit(1);
        }
    }

    private static void download(URI source, Path archive, String sha512) throws Exception {
        URLConnection connection = source.toURL().openConnection(proxy());
        connection.setConnectTimeout(30_000);
        connection.setReadTimeout(60_000);
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        try (InputStream in = new DigestInputStream(connection.getInputStream(), digest)) {
            Files.copy(in, archive);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equalsIgnoreCase(sha512)) {
            throw new SecurityException("SHA-512 is " + found + ", expected " + sha512);
        }
    }

    /** The proxy that curl would use; Java itself does not look at the environment. */
    private static Proxy proxy() {
        String value = System.getenv().getOrDefault("https_proxy", System.getenv().getOrDefault("HTTPS_PROXY", ""));
        if (value.isEmpty()) {
            return Proxy.NO_PROXY;
        }
        URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
        int port = proxy.getPort() < 0 ? 8080 : proxy.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                try (OutputStream out = Files.newOutputStream(file)) {
                    zip.transferTo(out);
                }
            }
        }
    }

}
