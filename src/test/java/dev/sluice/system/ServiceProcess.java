package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The jar, running over a folder of its own on free ports. Can be killed and started again. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newBuilder().build();
    private final Path folder;
    private final List<String> options;
    private final int port = FreePorts.next();
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> virtualMachineOptions = new ArrayList<>();
    private boolean packed;
    private @Nullable Process process;

    /**
     * A service that is not running yet.
     *
     * @param folder for data and log
     * @param options {@code --key=value}
     */
    public ServiceProcess(Path folder, String... options) {
        this.folder = folder;
        this.options = List.of(options);
    }

    /** Sets a variable of the environment for the starts that follow. */
    public ServiceProcess withVariable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Adds an option of the virtual machine for the starts that follow; it wins over that of the installation. */
    public ServiceProcess withVirtualMachineOption(String option) {
        virtualMachineOptions.add(option);
        return this;
    }

    /** Has it run from the packed jar, whose classes are loaded by a class loader of its own: that starts more slowly. */
    public ServiceProcess fromPackedJar() {
        packed = true;
        return this;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts the jar and waits until it answers. */
    public void start(String... moreOptions) throws IOException, InterruptedException {
        Process started = launch(moreOptions);
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!started.isAlive()) {
                throw new AssertionError("the service has ended:\n" + Files.readString(log()));
            }
            assertThat(System.nanoTime()).as("answers in time").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** Starts the jar and does not wait. */
    public Process launch(String... moreOptions) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                packed ? Installation.packedCommand() : Installation.get().command());
        command.addAll(command.indexOf("-jar"), virtualMachineOptions);
        command.addAll(List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--management.server.port=0",
                "--influxdb.monitor.store-enabled=false",
                // It would take processors from what is tested.
                "--sluice.warm-up=false"));
        command.addAll(folders());
        command.addAll(options);
        command.addAll(List.of(moreOptions));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(variables);
        Process started = builder.start();
        process = started;
        return started;
    }

    /** Settings that name the folders of the service. */
    private List<String> folders() {
        return List.of(
                "--influxdb.meta.dir=" + folder.resolve("meta"),
                "--influxdb.data.dir=" + folder.resolve("data"),
                "--influxdb.data.wal-dir=" + folder.resolve("wal"),
                "--influxdb.backup.dir=" + folder.resolve("backups"));
    }

    /**
     * What a command of the jar did.
     *
     * @param status it ended with
     * @param output what it said
     */
    public record Command(int status, String output) {}

    /** Restores a backup into the folders of this service, which is not running. */
    public Command restore(Path backup) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Installation.get().command());
        command.addAll(List.of("restore", "--from", backup.toString()));
        command.addAll(folders());
        Process started = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Command(started.waitFor(), output);
    }

    private Path log() {
        return folder.resolve("service.log");
    }

    private boolean answers() throws InterruptedException {
        try {
            return listens() && send("GET", "/ping", "").statusCode() == 204;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The client takes longer to find out that nobody does, and it is asked many times. */
    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** SIGKILL: nothing of the process gets a chance to write what it still has in memory. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("killed").isTrue();
        }
    }

    /** SIGTERM, which asks a process to stop; its exit status. */
    public int terminate() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroy();
        assertThat(running.waitFor(60, TimeUnit.SECONDS)).as("stopped").isTrue();
        return running.exitValue();
    }

    /** Sends a request and returns the answer. */
    public HttpResponse<String> send(String method, String pathAndQuery, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url() + pathAndQuery))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The body of an answer to statements, sent by POST. */
    public String query(String database, String statements) throws IOException, InterruptedException {
        return send("POST", "/query?db=" + database + "&epoch=ns", "q=" + encode(statements))
                .body();
    }

    /** The rows of an answer to statements as CSV, with times in nanoseconds. */
    public String csv(String database, String statements) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/query?db=" + database + "&epoch=ns"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/csv")
                .POST(BodyPublishers.ofString("q=" + encode(statements)))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** A text as part of a form. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
