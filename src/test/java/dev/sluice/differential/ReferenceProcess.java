package dev.sluice.differential;

import dev.sluice.system.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The installed influxd, running over a folder of its own on free ports. */
final class ReferenceProcess implements AutoCloseable {

    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A window that is too small, or nesting that is too deep, fills the memory of influxd, and then of the machine. */
    private static final String MEMORY_LIMIT = "ulimit -v 6000000; ";

    private final Path program;
    private final Path folder;
    private final Server server;
    private final String url;
    private Process process;
    private int restarts;

    private ReferenceProcess(Path program, Path folder, int port) throws IOException {
        this.program = program;
        this.folder = folder;
        this.url = "http://127.0.0.1:" + port;
        this.server = new Server(url);
        this.process = launch();
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
     * @param settings by {@code section.key}, as the configuration's file writes them, beside those of folder and addresses
     */
    static ReferenceProcess start(Path program, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port = FreePorts.next();
        Map<String, String> all = new TreeMap<>(settings);
        all.put("meta.dir", "\"" + folder.resolve("meta") + "\"");
        all.put("data.dir", "\"" + folder.resolve("data") + "\"");
        all.put("data.wal-dir", "\"" + folder.resolve("wal") + "\"");
        all.put("data.query-log-enabled", "false");
        all.put("monitor.store-enabled", "false");
        all.put("http.bind-address", "\"127.0.0.1:" + port + "\"");
        all.put("http.log-enabled", "false");
        Files.writeString(folder.resolve("influxdb.conf"), configuration(all));
        ReferenceProcess reference = new ReferenceProcess(program, folder, port);
        reference.awaitAnswer();
        return reference;
    }

    private static String configuration(Map<String, String> settings) {
        StringBuilder text = new StringBuilder("reporting-disabled = true\nbind-address = \"127.0.0.1:0\"\n");
        String section = "";
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            int dot = setting.getKey().indexOf('.');
            String own = setting.getKey().substring(0, dot);
            if (!own.equals(section)) {
                text.append('[').append(own).append("]\n");
                section = own;
            }
            text.append(setting.getKey().substring(dot + 1))
                    .append(" = ")
                    .append(setting.getValue())
                    .append('\n');
        }
        return text.toString();
    }

    /** Kills it and starts it over the same folder, when a question was too much for it. */
    void restart() throws IOException, InterruptedException {
        restarts++;
        process.destroyForcibly();
        process.waitFor();
        process = launch();
        awaitAnswer();
    }

    int restarts() {
        return restarts;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        MEMORY_LIMIT + "exec \"$0\" run -config \"$1\"",
                        program.toString(),
                        folder.resolve("influxdb.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("influxd.log").toFile()))
                .start();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT_NANOS;
        while (server.ask(new Request("GET", "/ping", Map.of(), "", "")).status() != 204) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("influxd does not start: " + Files.readString(folder.resolve("influxd.log")));
            }
            Thread.sleep(50);
        }
    }

    Answer ask(Request request) throws InterruptedException {
        return server.ask(request);
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
