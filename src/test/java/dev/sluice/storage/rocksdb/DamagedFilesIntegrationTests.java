package dev.sluice.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.StoreFixture;
import dev.sluice.storage.TimeSeriesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * Flips bits in files of a store and opens it. Whatever is flipped, a reader never gets anything that was not written:
 * the flip does no harm, or it is told of and what it took is missing. {@code -Ddamage.flips} and {@code -Ddamage.seed}
 * set how many and where.
 */
@Tag("integration")
class DamagedFilesIntegrationTests {

    private static final int FLIPS = Integer.getInteger("damage.flips", 200);
    private static final long SEED = Long.getLong("damage.seed", 20_161_102);
    private static final int SHARDS = 3;
    private static final int SERIES = 40;
    private static final List<String> KINDS =
            List.of("sst", "blocks", "log", "MANIFEST", "CURRENT", "OPTIONS", "IDENTITY", "LOG");

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final TreeSet<String> before = new TreeSet<>();
    private final TreeSet<String> expected = new TreeSet<>();
    private final List<String> refusals = new ArrayList<>();

    /** A store that was killed: many files of blocks, points in the log only, a series dropped last. */
    @BeforeEach
    void fill() throws IOException {
        Path live = directory.resolve("live");
        try (RocksTimeSeriesStore store = RocksTimeSeriesStore.open(options(live))) {
            for (int round = 0; round < 6; round++) {
                write(store, round);
                store.flush();
                if (round == 2) {
                    store.compact();
                }
            }
            write(store, 6);
            before.addAll(facts(store).rows());
            SeriesSet dropped = store.select(StoreFixture.DATABASE, "m1", new SeriesSelector.TagEquals("host", "h3"));
            store.dropSeries(StoreFixture.DATABASE, dropped);
            write(store, 7);
            expected.addAll(facts(store).rows());
            before.addAll(expected);
            StoreFixture.copyOpen(live, directory.resolve("image"));
        }
        assertThat(expected).hasSizeGreaterThan(1000);
    }

    private static RocksStoreOptions options(Path directory) {
        return RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal"));
    }

    private void write(RocksTimeSeriesStore store, int round) {
        for (int shard = 1; shard <= SHARDS; shard++) {
            StringBuilder lines = new StringBuilder();
            for (int series = 0; series < SERIES; series++) {
                for (int point = 0; point < 12; point++) {
                    lines.append('m').append(series % 3).append(",host=h").append(series);
                    lines.append(" i=")
                            .append(random.nextInt(1000))
                            .append("i,d=")
                            .append(random.nextDouble());
                    lines.append(",s=\"text ").append(random.nextInt()).append("\" ");
                    lines.append(((shard * 100L + round) * 100 + point) * 1_000_000_000L)
                            .append('\n');
                }
            }
            StoreFixture.append(store, new ShardId(shard), lines.toString());
        }
    }

    /** What can be read, and what reading failed with. */
    private record Facts(TreeSet<String> rows, List<String> errors) {}

    private static Facts facts(TimeSeriesStore store) {
        TreeSet<String> rows = new TreeSet<>();
        List<String> errors = new ArrayList<>();
        for (int shard = 1; shard <= SHARDS; shard++) {
            for (String measurement : List.of("m0", "m1", "m2")) {
                SeriesSet all = store.select(StoreFixture.DATABASE, measurement, SeriesSelector.ALL);
                for (int series : all.toArray()) {
                    try {
                        for (String row : StoreFixture.rows(
                                store,
                                new ScanRequest(
                                        StoreFixture.DATABASE,
                                        new ShardId(shard),
                                        measurement,
                                        SeriesSet.of(series),
                                        List.of("i", "d", "s"),
                                        TimeRange.ALL,
                                        true))) {
                            rows.add(shard + " " + row);
                        }
                    } catch (StorageException damaged) {
                        errors.add(damaged.getMessage());
                    }
                }
            }
        }
        return new Facts(rows, errors);
    }

    @Test
    void openWhenABitIsFlippedThenNothingIsReadThatWasNotWritten() throws IOException {
        Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
        for (int flip = 0; flip < FLIPS; flip++) {
            Path copy = directory.resolve("copy");
            StoreFixture.copy(directory.resolve("image"), copy);
            String kind = KINDS.get(flip % KINDS.size());
            String what = "flip " + flip + " of seed " + SEED + ", " + flipOneOf(copy, kind);
            String outcome = open(copy, what);
            outcomes.computeIfAbsent(kind, fresh -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
            FileSystemUtils.deleteRecursively(copy);
        }
        System.out.println(outcomes);
        assertThat(outcomes.get("sst").keySet()).as("damage that matters").isNotEqualTo(Set.of("harmless"));
        assertThat(refusals).as("whatever is damaged, the store opens").isEmpty();
    }

    @Test
    void flushWhenABlockIsDamagedThenItIsSetAsideAndWritingGoesOn() throws IOException {
        Path copy = directory.resolve("copy");
        StoreFixture.copy(directory.resolve("image"), copy);
        try (RecoveringStore store = RecoveringStore.open(
                options(copy).with(new RocksStoreOptions.Memory(1 << 10, 1L << 30, 0, 1L << 20)))) {
            damageAllBlocks(copy);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        appendIfPossible(store);
                        return !store.health().damages().isEmpty();
                    });
            await().atMost(Duration.ofSeconds(30)).until(() -> appendIfPossible(store));
            Facts facts = facts(store);
            assertThat(facts.errors()).isEmpty();
            assertThat(facts.rows().stream()
                            .filter(row -> !row.contains("host=fresh") && !row.endsWith(" 1 - -"))
                            .filter(row -> !before.contains(row)))
                    .as("not written before")
                    .isEmpty();
            assertThat(facts.rows()).anyMatch(row -> row.contains("host=fresh"));
            assertThat(copy.resolve("data").resolve("damaged")).isNotEmptyDirectory();
        }
        try (RecoveringStore again = RecoveringStore.open(options(copy))) {
            assertThat(again.health().damages()).isEmpty();
            assertThat(facts(again).rows()).anyMatch(row -> row.contains("host=fresh"));
        }
    }

    private boolean appendIfPossible(RecoveringStore store) {
        try {
            // Between points that are there, so that the blocks that hold them are read to be rewritten.
            for (int shard = 1; shard <= SHARDS; shard++) {
                StringBuilder lines = new StringBuilder();
                for (int series = 0; series < SERIES; series++) {
                    lines.append('m')
                            .append(series % 3)
                            .append(",host=h")
                            .append(series)
                            .append(" i=1i ");
                    lines.append((shard * 100L * 100) * 1_000_000_000L + 1).append('\n');
                }
                lines.append("m0,host=fresh i=1i ")
                        .append(random.nextInt(1 << 30))
                        .append('\n');
                StoreFixture.append(store, new ShardId(shard), lines.toString());
            }
            return true;
        } catch (StorageException readOnly) {
            return false;
        }
    }

    /** Flips a bit in the middle of every file that is large enough to hold blocks. */
    private static void damageAllBlocks(Path copy) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(copy.resolve("data"))) {
            files = all.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        int damaged = 0;
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 20_000) {
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
                damaged++;
            }
        }
        assertThat(damaged).isPositive();
    }

    private String open(Path copy, String what) {
        RecoveringStore opened;
        try {
            opened = RecoveringStore.open(options(copy));
        } catch (StorageException refused) {
            refusals.add(what + ": " + refused.getMessage());
            return "refused";
        }
        try (opened) {
            Facts facts = facts(opened);
            if (facts.rows().equals(expected)) {
                return opened.health().damages().isEmpty() ? "harmless" : "reported, nothing lost";
            }
            assertThat(facts.errors().isEmpty() && opened.health().damages().isEmpty())
                    .as("lost without a word: %s", what)
                    .isFalse();
            facts.rows().removeAll(before);
            assertThat(facts.rows()).as("never written: %s", what).isEmpty();
            return facts.errors().isEmpty() ? "reported at start" : "refused to read";
        }
    }

    private String flipOneOf(Path copy, String kind) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(copy)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> isOfKind(file, kind))
                    .sorted()
                    .toList();
        }
        Path file = kind.equals("blocks") ? largest(files) : files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            return "nothing, " + file.getFileName() + " is empty";
        }
        int bit = random.nextInt(bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
        return "bit " + bit + " of " + file.getFileName();
    }

    private static Path largest(List<Path> files) throws IOException {
        Path largest = files.get(0);
        for (Path file : files) {
            if (Files.size(file) > Files.size(largest)) {
                largest = file;
            }
        }
        return largest;
    }

    private static boolean isOfKind(Path file, String kind) {
        String name = file.getFileName().toString();
        return kind.equals("sst") || kind.equals("blocks")
                ? name.endsWith(".sst")
                : kind.equals("log") ? name.endsWith(".log") : name.startsWith(kind);
    }
}
