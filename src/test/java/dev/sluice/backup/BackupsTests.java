package dev.sluice.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

import dev.sluice.catalog.Catalog;
import dev.sluice.storage.StoreCheckpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTests {

    @TempDir
    private Path folder;

    private Backups backups(StoreCheckpoint store) {
        JdbcDataSource metadata = new JdbcDataSource();
        metadata.setURL("jdbc:h2:mem:backups");
        return new Backups(
                store, new MetadataDump(metadata), mock(Catalog.class), folder.resolve("backups"), Clock.systemUTC());
    }

    private static void copy(Path target) {
        try {
            Files.createDirectories(target);
            Files.writeString(target.resolve("000001.sst"), "points");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void aSecondDownloadIsRefusedAndLeavesTheFirstAlone() throws Exception {
        Backups[] backups = new Backups[1];
        backups[0] = backups(target -> {
            copy(target);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(
                            () -> CompletableFuture.runAsync(() -> download(backups[0], new ByteArrayOutputStream()))
                                    .get())
                    .withMessageContaining("another backup is being made");
        });
        ByteArrayOutputStream archive = new ByteArrayOutputStream();

        download(backups[0], archive);

        Path unpacked = folder.resolve("unpacked");
        Folders.unzip(new ByteArrayInputStream(archive.toByteArray()), unpacked);
        BackupManifest manifest = BackupManifest.verified(unpacked);
        assertThat(manifest.files()).extracting(BackupManifest.Entry::path).contains("store/000001.sst");
        assertThat(folder.resolve("backups")).isEmptyDirectory();
    }

    private static void download(Backups backups, ByteArrayOutputStream out) {
        try {
            backups.write(out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void nothingIsLeftOfABackupThatFails() {
        Backups backups = backups(target -> {
            copy(target);
            throw new BackupException("no more");
        });

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> backups.create("b"))
                .withMessage("no more");

        assertThat(backups.names()).isEmpty();
        assertThat(folder.resolve("backups")).isEmptyDirectory();
    }
}
