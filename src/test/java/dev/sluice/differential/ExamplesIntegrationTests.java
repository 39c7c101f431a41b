package dev.sluice.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.system.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests with the answers that influxd 1.6.7 gave to them, in files that {@link ExampleFile} describes. They are asked of
 * the jar, and of an installed influxd, so that the records stay true.
 *
 * <p>{@code -Dexamples.record=reference} writes the answers of influxd into the files, {@code -Dexamples.record=ours} those
 * that differ on purpose.
 */
@Tag("integration")
class ExamplesIntegrationTests {

    private static final Path FOLDER = Path.of("src", "test", "resources", "dev", "sluice", "differential", "examples");
    private static final String RECORD = System.getProperty("examples.record", "");

    /** The measurements that examples speak of where they write none themselves. */
    private static final String DATA = "data.lp";

    @TempDir
    private static Path folder;

    private static final Map<Map<String, String>, ServiceProcess> SERVICES = new HashMap<>();
    private static final Map<Map<String, String>, ReferenceProcess> REFERENCES = new HashMap<>();

    @AfterAll
    static void stop() throws Exception {
        for (ServiceProcess service : SERVICES.values()) {
            service.close();
        }
        for (ReferenceProcess reference : REFERENCES.values()) {
            reference.close();
        }
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void sluiceAnswersAsRecorded(String name) throws Exception {
        ExampleFile file = ExampleFile.read(FOLDER.resolve(name));
        ServiceProcess service = SERVICES.get(file.settings());
        if (service == null) {
            List<String> options = file.options();
            Path own = Files.createDirectories(folder.resolve("sluice-" + SERVICES.size()));
            service = new ServiceProcess(own, options == null ? new String[0] : options.toArray(String[]::new));
            SERVICES.put(file.settings(), service);
            service.start();
        }
        run(file, new ExampleClient(service.url()), true);
    }

    @ParameterizedTest
    @MethodSource("files")
    void influxdAnswersAsRecorded(String name) throws Exception {
        Optional<Path> program = ReferenceProcess.findProgram();
        assumeTrue(program.isPresent(), "no influxd is installed: nothing to compare with");
        ExampleFile file = ExampleFile.read(FOLDER.resolve(name));
        ReferenceProcess reference = REFERENCES.get(file.settings());
        if (reference == null) {
            reference = ReferenceProcess.start(
                    program.get(), folder.resolve("influxd-" + REFERENCES.size()), file.settings());
            REFERENCES.put(file.settings(), reference);
        }
        run(file, new ExampleClient(reference.url()), false);
    }

    private static void run(ExampleFile file, ExampleClient client, boolean ours) throws Exception {
        client.reset(List.of("CREATE DATABASE d", "CREATE RETENTION POLICY other ON d DURATION INF REPLICATION 1"));
        List<String> data = new ArrayList<>(List.of(">> POST /write?db=d"));
        Files.readAllLines(FOLDER.resolve(DATA)).forEach(line -> data.add(">| " + line));
        client.ask(data);
        List<List<String>> answers = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Example example : file.examples()) {
            if (!ours && example.isDeadly()) {
                answers.add(example.answer());
                continue;
            }
            List<String> answer = client.ask(example.request());
            boolean mine = ours || example.difference() == null;
            boolean recording = RECORD.equals(ours ? "ours" : "reference")
                    && !example.isPattern()
                    && (example.difference() != null) == ours;
            answers.add(recording ? answer : example.answer());
            if (mine && !recording && !fits(example, answer)) {
                wrong.add(file.name() + ":" + example.line() + " (" + example.section() + ")\n"
                        + String.join("\n", example.request()) + "\n  recorded "
                        + String.join("\n  ", example.answer()) + "\n  answered " + String.join("\n  ", answer));
            } else if (!mine && !example.isByChance() && fits(example, answer)) {
                wrong.add(file.name() + ":" + example.line() + ": influxd answers this too, there is no difference");
            }
        }
        if (RECORD.equals(ours ? "ours" : "reference")) {
            file.rewrite(answers);
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean fits(Example example, List<String> answer) {
        if (!example.isPattern()) {
            return example.answer().equals(answer);
        }
        String pattern = example.answer().get(0).substring(3);
        return String.join("\n", answer).substring(2).matches("(?s)" + pattern);
    }
}
