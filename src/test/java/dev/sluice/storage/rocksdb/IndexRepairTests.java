package dev.sluice.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.StorageException;
import dev.sluice.storage.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** What becomes of a store of which names, schemas, memberships or the list of files are damaged. */
class IndexRepairTests {

    private static final int SERIES = 3000;
    private static final List<String> MEASUREMENTS = List.of("m0", "m1", "m2");

    @TempDir
    private Path directory;

    private Path image;
    private final TreeSet<String> before = new TreeSet<>();

    /** A store that was killed, with points in blocks and in the log. */
    @BeforeEach
    void fill() throws IOException {
        Path live = directory.resolve("live");
        image = directory.resolve("image");
        try (RocksTimeSeriesStore store = RocksTimeSeriesStore.open(options(live))) {
            StoreFixture.append(store, lines(0, SERIES, 1));
            store.compact();
            StoreFixture.append(store, lines(0, SERIES / 2, 2));
            before.addAll(rows(store));
            StoreFixture.copyOpen(live, image);
        }
        assertThat(before).hasSize(SERIES + SERIES / 2);
    }

    private static RocksStoreOptions options(Path directory) {
        return RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal"));
    }

    private RocksTimeSeriesStore open() {
        return RocksTimeSeriesStore.open(options(image));
    }

    private static String lines(int from, int to, int time) {
        StringBuilder lines = new StringBuilder();
        for (int series = from; series < to; series++) {
            lines.append('m').append(series % 3).append(",host=h").append(series);
            lines.append(",text=something\\ that\\ takes\\ space").append(series * 7919L);
            lines.append(" i=").append(series).append("i,d=0.5 ").append(time).append('\n');
        }
        return lines.toString();
    }

    private static TreeSet<String> rows(RocksTimeSeriesStore store) {
        TreeSet<String> rows = new TreeSet<>();
        MEASUREMENTS.forEach(measurement -> rows.addAll(StoreFixture.rows(store, measurement, "i", "d")));
        return rows;
    }

    /** Flips a bit in the data of every file of a column family. */
    private void damage(String family) throws IOException, RocksDBException {
        int damaged = 0;
        List<Path> files;
        try (Stream<Path> all = Files.list(image.resolve("data"))) {
            files = all.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        for (Path file : files) {
            if (familyOf(file).equals(family)) {
                byte[] bytes = Files.readAllBytes(file);
                // Behind the middle are filters and indexes, when there is little data.
                bytes[bytes.length / 3] ^= 4;
                Files.write(file, bytes);
                damaged++;
            }
        }
        assertThat(damaged).isPositive();
    }

    private static String familyOf(Path file) throws RocksDBException {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            return new String(reader.getTableProperties().getColumnFamilyName(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void openWhenTheListOfFilesIsDamagedBehindItsCopyThenItsEndIsCutOff() throws IOException {
        Path manifest = manifest();
        // A record of which the checksum does not fit.
        Files.write(manifest, new byte[] {1, 2, 3, 4, 8, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8}, StandardOpenOption.APPEND);
        Files.write(manifest, new byte[100], StandardOpenOption.APPEND);
        try (RocksTimeSeriesStore store = open()) {
            assertThat(rows(store)).isEqualTo(before);
            assertThat(store.findings()).anyMatch(finding -> finding.contains("the end of the list of files"));
            assertThat(image.resolve("data").resolve("damaged")).isNotEmptyDirectory();
        }
        try (RocksTimeSeriesStore again = open()) {
            assertThat(again.findings()).isEmpty();
            assertThat(rows(again)).isEqualTo(before);
        }
    }

    private Path manifest() throws IOException {
        Path data = image.resolve("data");
        return data.resolve(Files.readString(data.resolve("CURRENT"), StandardCharsets.ISO_8859_1)
                .strip());
    }

    @Test
    void openWhenMembershipsAreDamagedThenTheyAreMadeFromThePointsAndNothingIsLost()
            throws IOException, RocksDBException {
        damage("shards");
        try (RocksTimeSeriesStore store = open()) {
            assertThat(rows(store)).isEqualTo(before);
            assertThat(store.findings()).anyMatch(finding -> finding.contains("made anew from their points"));
            assertThat(image.resolve("data").resolve("damaged")).isNotEmptyDirectory();
        }
        try (RocksTimeSeriesStore again = open()) {
            assertThat(again.findings()).isEmpty();
            assertThat(rows(again)).isEqualTo(before);
        }
    }

    @Test
    void openWhenNamesAreDamagedThenTheRestIsServedAndNoNumberIsGivenOutTwice() throws IOException, RocksDBException {
        damage("series");
        TreeSet<String> left;
        try (RocksTimeSeriesStore store = open()) {
            left = rows(store);
            assertThat(left).isNotEmpty();
            assertThat(left.stream().filter(row -> !before.contains(row))).isEmpty();
            assertThat(before).hasSizeGreaterThan(left.size());
            assertThat(store.findings()).anyMatch(finding -> finding.contains("the names of"));
            assertThat(image.resolve("data").resolve("damaged").resolve("blocks-without-names-1.sst"))
                    .isNotEmptyFile();
            StoreFixture.append(store, lines(SERIES, SERIES + 500, 3));
            left.addAll(rows(store));
            assertThat(left.stream().filter(row -> !before.contains(row)))
                    .as("rows of new series, and only of them")
                    .hasSize(500);
        }
        try (RocksTimeSeriesStore again = open()) {
            assertThat(again.findings()).isEmpty();
            assertThat(rows(again)).isEqualTo(left);
            // The same series under their names, as before the damage.
            StoreFixture.append(again, lines(0, SERIES, 1));
            StoreFixture.append(again, lines(0, SERIES / 2, 2));
            TreeSet<String> written = rows(again);
            assertThat(before.stream().filter(row -> !written.contains(row))).isEmpty();
        }
    }

    @Test
    void openWhenSchemasAreDamagedThenFieldsOfOtherTypesDoNotTakeTheirNumbers() throws IOException, RocksDBException {
        damage("schema");
        try (RocksTimeSeriesStore store = open()) {
            assertThat(rows(store)).isEmpty();
            assertThat(store.findings()).anyMatch(finding -> finding.contains("fields of measurement m1"));
            StoreFixture.append(store, "m0,host=h0,text=something\\ that\\ takes\\ space0 i=\"text\" 5\n");
            assertThat(rows(store)).singleElement().asString().contains("text");
            store.flush();
            store.compact();
            assertThat(rows(store)).singleElement().asString().contains("text");
        }
        try (RocksTimeSeriesStore again = open()) {
            assertThat(again.findings()).isEmpty();
            assertThat(rows(again)).singleElement().asString().contains("text");
        }
    }

    @Test
    void openWhenTheListOfFilesIsDamagedThenItIsPutTogetherFromItsCopy() throws IOException {
        Path manifest = manifest();
        byte[] whole = Files.readAllBytes(manifest);
        List<String> refused = new ArrayList<>();
        for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 12)) {
            Path damaged = directory.resolve("damaged" + at);
            StoreFixture.copy(image, damaged);
            byte[] bytes = whole.clone();
            bytes[at] ^= 16;
            Files.write(damaged.resolve("data").resolve(manifest.getFileName()), bytes);
            try (RocksTimeSeriesStore store = RocksTimeSeriesStore.open(options(damaged))) {
                assertThat(rows(store)).as("byte %d", at).isEqualTo(before);
            } catch (StorageException e) {
                refused.add(at + ": " + e.getMessage());
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void openWhenTheCopyOfTheListIsWhatIsDamagedThenItDoesNotTakeTheListsPlace() throws IOException, RocksDBException {
        damage("shards");
        Path manifest = manifest();
        Path copied = image.resolve("data").resolve("manifest-copy").resolve(manifest.getFileName());
        byte[] bytes = Files.readAllBytes(copied);
        bytes[bytes.length / 2] ^= 16;
        Files.write(copied, bytes);
        try (RocksTimeSeriesStore store = open()) {
            assertThat(rows(store)).isEqualTo(before);
            assertThat(store.findings()).noneMatch(finding -> finding.contains("MANIFEST"));
        }
    }
}
