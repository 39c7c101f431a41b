package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.server.MetaListener;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Types what stands in the README, and in the page on security that goes on from there, into a shell and compares what
 * comes back: a line that starts with a dollar sign is a command, one that starts with &gt; goes on with it, the lines
 * below are its answer.
 */
@Tag("integration")
class ReadmeIntegrationTests {

    private static final String SECRET = "a secret of the README's own, 32+";

    @TempDir
    static Path folder;

    @Test
    void stepsWhenTypedThenAnswersAreThoseOfTheReadme() throws Exception {
        assumeThat(Stream.of("bash", "curl", "openssl").allMatch(ReadmeIntegrationTests::isInstalled))
                .as("bash, curl and openssl are installed")
                .isTrue();
        List<List<String>> blocks = consoleBlocks("README.md");
        assertThat(blocks).hasSize(4);
        List<List<String>> security = consoleBlocks("docs/security.md");
        assertThat(security).hasSize(3);

        runWith("false", blocks.subList(0, 2));
        runWith(
                "true",
                Stream.of(blocks.subList(2, 4), security).flatMap(List::stream).toList());
    }

    private static void runWith(String authEnabled, List<List<String>> blocks) throws Exception {
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(SluiceApplication.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--management.server.port=0",
                        "--influxdb.meta.http-bind-address=127.0.0.1:0",
                        "--influxdb.meta.dir=" + folder.resolve("meta"),
                        "--influxdb.data.dir=" + folder.resolve("data"),
                        "--influxdb.data.wal-dir=" + folder.resolve("wal"),
                        "--influxdb.http.shared-secret=" + SECRET,
                        "--influxdb.http.auth-enabled=" + authEnabled)) {
            int port = ((WebServerApplicationContext) service).getWebServer().getPort();
            int metaPort = service.getBean(MetaListener.class).port();
            for (List<String> block : blocks) {
                assertThat(type(commands(block), port, metaPort)).isEqualTo(block);
            }
        }
    }

    private static List<String> commands(List<String> block) {
        List<String> commands = new ArrayList<>();
        for (String line : block) {
            if (line.startsWith("$ ")) {
                commands.add(line);
            } else if (line.startsWith("> ")) {
                commands.add(commands.remove(commands.size() - 1) + "\n" + line);
            }
        }
        return commands;
    }

    /** What a terminal would show. */
    private static List<String> type(List<String> commands, int port, int metaPort) throws Exception {
        StringBuilder script = new StringBuilder();
        for (String command : commands) {
            String text = command.substring(2)
                    .replace("\n> ", "\n")
                    .replace("localhost:8086", "127.0.0.1:" + port)
                    .replace("localhost:8091", "127.0.0.1:" + metaPort);
            script.append("cat <<'TYPED'\n")
                    .append(command)
                    .append("\nTYPED\n")
                    .append(text)
                    .append('\n');
        }
        Path file = folder.resolve("typed.sh");
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString()).redirectErrorStream(true);
        builder.environment().put("INFLUXDB_HTTP_SHARED_SECRET", SECRET);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        Process shell = builder.start();
        List<String> shown = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return shown;
    }

    private static List<List<String>> consoleBlocks(String page) throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of(page))) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
                if (inside) {
                    blocks.add(new ArrayList<>());
                }
            } else if (inside) {
                blocks.get(blocks.size() - 1).add(line);
            }
        }
        return blocks;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
