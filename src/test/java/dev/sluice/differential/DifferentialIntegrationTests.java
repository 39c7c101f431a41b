package dev.sluice.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.system.ServiceProcess;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks an installed influxd and the jar the same things. System properties {@code differential.…} say what: {@code seed},
 * {@code statements} (how many items), {@code first} (the number of the first one, to repeat it alone), {@code kinds} (names
 * of {@link Kind}, joined by commas) and {@code required} (the least share of explained answers, in percent). Every
 * difference is written to {@code target/differential.txt}, the first ones and a summary also to the console.
 */
@Tag("integration")
class DifferentialIntegrationTests {

    private static final int MAX_SELECT_BUCKETS = 20_000;

    @TempDir
    private Path folder;

    private final long seed = seed();
    private final long first = Long.getLong("differential.first", 0);
    private final int statements = Integer.getInteger("differential.statements", 300);
    private final double required = Double.parseDouble(System.getProperty("differential.required", "99.5"));

    @Test
    void everyAnswerEqualsTheReferences() throws Exception {
        Optional<Path> program = ReferenceProcess.findProgram();
        assumeTrue(program.isPresent(), "no influxd is installed: nothing to compare with");
        Path report = Path.of("target", "differential.txt");
        Summary summary = new Summary();
        Path ownFolder = Files.createDirectories(folder.resolve("sluice"));
        try (ReferenceProcess reference =
                        ReferenceProcess.start(program.get(), folder.resolve("inmem"), settings("inmem"));
                ReferenceProcess byShard =
                        ReferenceProcess.start(program.get(), folder.resolve("tsi1"), settings("tsi1"));
                ServiceProcess service = new ServiceProcess(
                        ownFolder, "--influxdb.coordinator.max-select-buckets=" + MAX_SELECT_BUCKETS);
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(report, StandardCharsets.UTF_8))) {
            service.start();
            Server ours = new Server(service.url());
            for (Request request : Dataset.load(seed)) {
                byShard.ask(request);
                assertThat(ours.ask(request)).as(request.toString()).isEqualTo(reference.ask(request));
            }
            ItemSource source = new ItemSource(seed, kinds());
            Trial trial = new Trial(seed, ours, out);
            for (long number = first; number < first + statements; number++) {
                Item item = source.item(number);
                ReferenceProcess asked = item.kind().knowsShards() ? byShard : reference;
                summary.count(item.kind(), trial.judge(item, number, asked));
            }
            out.println("restarts of influxd: " + (reference.restarts() + byShard.restarts()));
            out.println(summary);
        }
        System.out.println("seed " + seed + ", items " + first + " to " + (first + statements - 1) + ", see " + report);
        System.out.println(summary);
        assertThat(summary.percentExplained())
                .as("percent of the answers equal or different on purpose")
                .isGreaterThanOrEqualTo(required);
    }

    /** The limit keeps absurd windows from filling the memory. */
    private static Map<String, String> settings(String index) {
        return Map.of(
                "data.index-version",
                '"' + index + '"',
                "coordinator.max-select-buckets",
                String.valueOf(MAX_SELECT_BUCKETS));
    }

    /** 0 stands for a fresh one. */
    private static long seed() {
        long asked = Long.getLong("differential.seed", 1);
        return asked == 0 ? System.currentTimeMillis() : asked;
    }

    private static Set<Kind> kinds() {
        String names = System.getProperty("differential.kinds", "");
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        Arrays.stream(names.split(","))
                .filter(name -> !name.isBlank())
                .map(Kind::valueOf)
                .forEach(kinds::add);
        return kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
    }
}
