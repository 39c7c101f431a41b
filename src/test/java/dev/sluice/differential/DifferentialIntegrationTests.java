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
    private static final int DIFFERENCES_ON_CONSOLE = 10;

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
                        ReferenceProcess.start(program.get(), folder.resolve("inmem"), MAX_SELECT_BUCKETS, "inmem");
                ReferenceProcess byShard =
                        ReferenceProcess.start(program.get(), folder.resolve("tsi1"), MAX_SELECT_BUCKETS, "tsi1");
                ServiceProcess service = new ServiceProcess(
                        ownFolder, "--influxdb.coordinator.max-select-buckets=" + MAX_SELECT_BUCKETS);
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(report, StandardCharsets.UTF_8))) {
            service.start();
            Server theirs = new Server(reference.url());
            Server theirsByShard = new Server(byShard.url());
            Server ours = new Server(service.url());
            for (Request request : Dataset.load(seed)) {
                theirsByShard.ask(request);
                assertThat(ours.ask(request)).as(request.toString()).isEqualTo(theirs.ask(request));
            }
            ItemSource source = new ItemSource(seed, kinds());
            for (long number = first; number < first + statements; number++) {
                Item item = source.item(number);
                Server expected = item.kind().knowsShards() ? theirsByShard : theirs;
                summary.count(item.kind(), compare(item, number, expected, ours, out, summary));
            }
            out.println(summary);
        }
        System.out.println("seed " + seed + ", items " + first + " to " + (first + statements - 1) + ", see " + report);
        System.out.println(summary);
        assertThat(summary.percentExplained())
                .as("percent of the answers equal or different on purpose")
                .isGreaterThanOrEqualTo(required);
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

    /** Sends an item to both. What follows a difference is not asked, as it may leave different things behind. */
    private Verdict compare(Item item, long number, Server theirs, Server ours, PrintWriter out, Summary summary)
            throws InterruptedException {
        for (Request request : item.requests()) {
            Answer expected = theirs.ask(request);
            Answer answer = ours.ask(request);
            Verdict step = Comparison.judge(request, expected, answer);
            if (step.outcome() == Verdict.Outcome.DIFFERENT) {
                String difference = String.format(
                        "%s, seed %d, item %d%n  %s%n  influxd %s%n  sluice  %s%n",
                        item.kind(), seed, number, request, expected, answer);
                out.println(difference);
                if (summary.count(Verdict.Outcome.DIFFERENT) < DIFFERENCES_ON_CONSOLE) {
                    System.out.println(difference);
                }
                return step;
            }
            // The reference keeps the series of points it refused; what follows would only show that.
            if (step.outcome() == Verdict.Outcome.INTENDED || answer.body().contains("partial write")) {
                return step;
            }
        }
        return Verdict.EQUAL;
    }
}
