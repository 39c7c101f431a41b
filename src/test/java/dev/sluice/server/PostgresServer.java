package dev.sluice.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A PostgreSQL of the machine's own, as a child process over an empty folder on a free port of the loopback address. It
 * refuses to run as root, so root starts it as Debian's user {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "sluice";
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static @Nullable PostgresServer shared;

    private final Path binaries;
    private final Path folder;
    private final int port = freePort();
    private @Nullable Process process;

    private PostgresServer(Path binaries) throws IOException, InterruptedException {
        this.binaries = binaries;
        this.folder = Files.createTempDirectory("sluice-postgres");
        if (isRoot()) {
            Files.getFileAttributeView(folder, PosixFileAttributeView.class)
                    .setOwner(folder.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("postgres"));
        }
        run(List.of("initdb", "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
    }

    /** Why there can be no server, as an explanation of skipped tests; empty when there can. */
    public static Optional<String> missing() {
        if (findBinaries().isEmpty()) {
            return Optional.of("PostgreSQL is not installed");
        }
        if (isRoot() && !new File("/sbin/runuser").exists()) {
            return Optional.of("PostgreSQL does not run as root, and there is no runuser");
        }
        return Optional.empty();
    }

    /** For {@code @EnabledIf}: it is asked before a Spring context is made. */
    public static boolean isAvailable() {
        missing().ifPresent(reason -> System.err.println("Skipped: " + reason));
        return missing().isEmpty();
    }

    /** Starts a server; whoever does stops it. */
    public static PostgresServer start() {
        try {
            PostgresServer server = new PostgresServer(findBinaries().orElseThrow());
            server.resume();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** One server for all tests that do not mind each other; it stops with the JVM. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            PostgresServer server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            shared = server;
        }
        return shared;
    }

    /** Makes an empty database and has Spring use it. */
    public void addTo(DynamicPropertyRegistry properties, String database) {
        createDatabase(database);
        properties.add("spring.datasource.url", () -> url(database));
        properties.add("spring.datasource.username", () -> USER);
        properties.add("spring.datasource.password", () -> "");
    }

    public void createDatabase(String database) {
        try (Connection connection = connect("postgres")) {
            connection.createStatement().execute("create database " + database);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return USER;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, "");
    }

    /** Starts the server anew after {@link #halt()}. */
    public void resume() throws IOException, InterruptedException {
        process = command(List.of(
                        "postgres", "-D", data(), "-p", String.valueOf(port), "-h", "127.0.0.1", "-k", "", "-F"))
                .start();
        long deadline = System.nanoTime() + START_LIMIT_NANOS;
        while (true) {
            try (Connection connection = connect("postgres")) {
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new IOException("PostgreSQL does not start, see " + log(), notYet);
                }
                Thread.sleep(50);
            }
        }
    }

    /** Stops the server and drops its connections; what is in it stays. */
    public void halt() throws IOException, InterruptedException {
        if (process != null && process.isAlive()) {
            run(List.of("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop"));
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        try {
            halt();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void run(List<String> arguments) throws IOException, InterruptedException {
        Process running = command(arguments).start();
        if (!running.waitFor(60, TimeUnit.SECONDS) || running.exitValue() != 0) {
            throw new IOException(arguments.get(0) + " failed: " + Files.readString(log()));
        }
    }

    private ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("/sbin/runuser", "-u", "postgres", "--"));
        }
        command.add(binaries.resolve(arguments.get(0)).toString());
        command.addAll(arguments.subList(1, arguments.size()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private static boolean isRoot() {
        try {
            return Files.exists(Path.of("/proc/self"))
                    && (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0;
        } catch (IOException | UnsupportedOperationException notUnix) {
            return false;
        }
    }

    private static Optional<Path> findBinaries() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
