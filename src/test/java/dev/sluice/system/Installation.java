package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The jar as an operator installs it for short starts: unpacked by its own tools, with an archive of its classes that one
 * run leaves behind. A start takes a fifth of the time that one from the packed jar takes. It lies beside the jar and is
 * used until the jar changes.
 */
final class Installation {

    private static final String[] JVM_OPTIONS = {"-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    private final Path jar;
    private final Path archive;

    private Installation(Path directory) {
        this.jar = directory.resolve("sluice.jar");
        this.archive = directory.resolve("classes.jsa");
    }

    static synchronized Installation get() throws IOException, InterruptedException {
        Path source = Path.of(packedJar());
        String version =
                Files.size(source) + "-" + Files.getLastModifiedTime(source).toMillis();
        Path directory = source.resolveSibling("installed-" + version);
        Installation installation = new Installation(directory);
        // Another test process may be at it.
        try (FileChannel lock = FileChannel.open(
                        source.resolveSibling("installation.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assertThat(held.isValid()).isTrue();
            if (!Files.exists(installation.archive)) {
                installation.install(source, directory);
            }
        }
        return installation;
    }

    private static String packedJar() {
        String packed = System.getProperty("sluice.jar");
        assertThat(packed).as("system property sluice.jar").isNotNull();
        return packed;
    }

    private void install(Path source, Path directory) throws IOException, InterruptedException {
        run(List.of(
                java(),
                "-Djarmode=tools",
                "-jar",
                source.toString(),
                "extract",
                "--force",
                "--destination",
                directory.toString()));
        Path work = Files.createDirectories(directory.resolve("first-run"));
        List<String> training = new ArrayList<>(List.of(java(), "-XX:ArchiveClassesAtExit=" + archive));
        training.addAll(List.of(JVM_OPTIONS));
        // Without a web server there is nothing to wait for: the context starts and the process is told to end.
        training.addAll(List.of("-Dspring.context.exit=onRefresh", "-jar", jar.toString()));
        training.addAll(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.port=0",
                "--influxdb.meta.dir=" + work.resolve("meta"),
                "--influxdb.data.dir=" + work.resolve("data"),
                "--influxdb.data.wal-dir=" + work.resolve("wal")));
        run(training);
        assertThat(archive).exists();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The command that starts the service from the packed jar, without its own options. */
    static List<String> packedCommand() {
        return command("-jar", packedJar());
    }

    /** The command that starts the service, without its own options. */
    List<String> command() {
        return command("-XX:SharedArchiveFile=" + archive, "-jar", jar.toString());
    }

    private static List<String> command(String... rest) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(List.of(JVM_OPTIONS));
        command.addAll(List.of(rest));
        return command;
    }
}
