package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be used when the jar starts is named with its setting, and nothing else is printed about it. */
@Tag("integration")
@Timeout(300)
class StartFailureIntegrationTests {

    @TempDir
    private static Path folder;

    private static ServiceProcess running;

    @BeforeAll
    static void start() throws Exception {
        running = new ServiceProcess(Files.createDirectory(folder.resolve("running")));
        running.start();
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
    }

    /** What the jar prints until it ends by itself. */
    private static String start(String... keysAndValues) throws Exception {
        Path own = Files.createTempDirectory(folder, "refused");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", "0");
        settings.put("influxdb.http.bind-address", "127.0.0.1:0");
        settings.put("influxdb.meta.dir", own.resolve("meta").toString());
        settings.put("influxdb.data.dir", own.resolve("data").toString());
        settings.put("influxdb.data.wal-dir", own.resolve("wal").toString());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        List<String> command = new ArrayList<>(Installation.get().command());
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        Path log = own.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isEqualTo(1);
        assertThat(output).doesNotContain("\tat ").doesNotContain("s3cret");
        return output;
    }

    @Test
    void aPortInUse() throws Exception {
        assertThat(start("influxdb.http.bind-address", "127.0.0.1:" + running.port()))
                .contains("influxdb.http.bind-address is '127.0.0.1:" + running.port() + "': port " + running.port()
                        + " is in use by another process.");
    }

    @Test
    void aDataDirectoryInUse() throws Exception {
        Path data = folder.resolve("running/data");
        assertThat(start("influxdb.data.dir", data.toString()))
                .contains("influxdb.data.dir is '" + data + "': another process uses the data directory");
    }

    @Test
    void aMetaDirectoryInUse() throws Exception {
        Path meta = folder.resolve("running/meta");
        assertThat(start("influxdb.meta.dir", meta.toString()))
                .contains("influxdb.meta.dir is '" + meta + "': another process uses it.");
    }

    @Test
    void aDatabaseThatDoesNotAnswer() throws Exception {
        assertThat(start("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/sluice?password=s3cret"))
                .contains("spring.datasource.url is 'jdbc:postgresql://127.0.0.1:1/sluice': the database of users and"
                        + " metadata cannot be used");
    }

    @Test
    @EnabledIf(
            value = "dev.sluice.server.PostgresServer#isAvailable",
            disabledReason = "there is no PostgreSQL to start")
    void aDatabaseOfAnotherService() throws Exception {
        PostgresServer server = PostgresServer.shared();
        server.createDatabase("start_failure");
        String url = server.url("start_failure");
        String user = "--spring.datasource.username=" + server.user();
        Path own = Files.createDirectory(folder.resolve("first"));
        try (ServiceProcess first = new ServiceProcess(own, "--spring.datasource.url=" + url, user)) {
            first.start();
            assertThat(start("spring.datasource.url", url, "spring.datasource.username", server.user()))
                    .contains("spring.datasource.url is '" + url
                            + "': another service keeps its users and metadata there.");
            first.kill();
            first.start();
            assertThat(first.query("", "CREATE DATABASE d")).doesNotContain("error");
        }
    }

    @Test
    void aCertificateThatIsNotThere() throws Exception {
        assertThat(start("influxdb.http.https-enabled", "true", "influxdb.http.https-certificate", "no.pem"))
                .contains("influxdb.http.https-certificate is 'no.pem': the file cannot be read");
    }
}
