package dev.sluice.differential;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The installed influxd, running over a folder of its own on free ports. */
final class ReferenceProcess implements AutoCloseable {

    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A window that is too small, or nesting that is too deep, fills the memory of influxd, and then of the machine. */
    private static final String MEMORY_LIMIT = "ulimit -v 6000000; ";

    private final Process process;
    private final Server server;
    private final String url;

    private ReferenceProcess(Process process, String url) {
        this.process = process;
        this.url = url;
        this.server = new Server(url);
    }

    /** Where influxd is installed, if it is. */
    static Optional<Path> findProgram() {
        String searched = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/bin";
        return Stream.of(searched.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "influxd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param index {@code inmem} or {@code tsi1}
     * @param maxSelectBuckets as in the configuration; keeps absurd windows from filling the memory
     */
    static ReferenceProcess start(Path program, Path folder, int maxSelectBuckets, String index)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path configuration = folder.resolve("influxdb.conf");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "reporting-disabled = true",
                        "bind-address = \"127.0.0.1:0\"",
                        "[meta]",
                        "dir = \"" + folder.resolve("meta") + "\"",
                        "[data]",
                        "dir = \"" + folder.resolve("data") + "\"",
                        "wal-dir = \"" + folder.resolve("wal") + "\"",
                        "query-log-enabled = false",
                        "index-version = \"" + index + "\"",
                        "[coordinator]",
                        "max-select-buckets = " + maxSelectBuckets,
                        "[monitor]",
                        "store-enabled = false",
                        "[http]",
                        "bind-address = \"127.0.0.1:" + port + "\"",
                        "log-enabled = false",
                        ""));
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        MEMORY_LIMIT + "exec \"$0\" run -config \"$1\"",
                        program.toString(),
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("influxd.log").toFile())
                .start();
        ReferenceProcess reference = new ReferenceProcess(process, "http://127.0.0.1:" + port);
        long deadline = System.nanoTime() + START_LIMIT_NANOS;
        while (reference.server.ask(Request.query("", "SHOW DATABASES")).status() != 200) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                reference.close();
                throw new IOException("influxd does not start, see " + folder.resolve("influxd.log"));
            }
            Thread.sleep(50);
        }
        return reference;
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
