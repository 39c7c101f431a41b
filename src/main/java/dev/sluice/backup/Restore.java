package dev.sluice.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts a backup in the place of a service that has never been used. Not while a service runs there.
 *
 * <p>While a restore is at work, and after one that was interrupted, a file {@value #MARK} lies in the folder of the store, and no
 * service starts over it; the restore can be run again then.
 */
public final class Restore {

    /** The file that tells of a restore that is not complete. */
    public static final String MARK = "RESTORE-IS-NOT-COMPLETE";

    private final Path dataFolder;
    private final Path walFolder;
    private final MetadataDump metadata;
    private final Consumer<String> progress;

    /**
     * A restore.
     *
     * @param dataFolder {@code influxdb.data.dir}
     * @param walFolder {@code influxdb.data.wal-dir}
     * @param metadata a database with all tables
     * @param progress is told what happens, a line at a time
     */
    public Restore(Path dataFolder, Path walFolder, MetadataDump metadata, Consumer<String> progress) {
        this.dataFolder = dataFolder;
        this.walFolder = walFolder;
        this.metadata = metadata;
        this.progress = progress;
    }

    /** Whether a restore into a folder was begun and not completed. */
    public static boolean isIncomplete(Path dataFolder) {
        return Files.exists(dataFolder.resolve(MARK));
    }

    /**
     * Restores a backup.
     *
     * @param backup a folder, or the archive of one
     * @throws BackupException when the backup is damaged or something is there already; then nothing has changed
     * @throws IOException when files cannot be read or written
     */
    public void run(Path backup) throws IOException {
        if (Files.isDirectory(backup)) {
            restore(backup);
            return;
        }
        if (!Files.exists(backup)) {
            throw new BackupException("there is no " + backup);
        }
        Path parent = dataFolder.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path unpacked = Files.createTempDirectory(parent, "restore-");
        try {
            progress.accept("unpacking " + backup);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(backup))) {
                Folders.unzip(in, unpacked);
            }
            restore(unpacked);
        } finally {
            Folders.delete(unpacked);
        }
    }

    private void restore(Path folder) throws IOException {
        progress.accept("checking " + folder);
        BackupManifest manifest = BackupManifest.verified(folder);
        metadata.requireUnused();
        if (!isIncomplete(dataFolder)) {
            requireEmpty(dataFolder);
            requireEmpty(walFolder);
        }
        Files.createDirectories(dataFolder);
        Path mark = dataFolder.resolve(MARK);
        Folders.clear(walFolder);
        if (!Files.exists(mark)) {
            Files.createFile(mark);
        }
        clearAllBut(mark);
        progress.accept("copying " + manifest.sizeInBytes() + " bytes");
        copyStore(folder.resolve(Backups.STORE));
        Folders.force(dataFolder);
        Folders.force(walFolder);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(Backups.METADATA)))) {
            progress.accept("writing the metadata");
            metadata.read(in);
        } catch (BackupException refused) {
            // The database has not changed, so neither may the files.
            Folders.clear(dataFolder);
            Folders.clear(walFolder);
            throw refused;
        }
        Files.delete(mark);
        progress.accept("restored the databases " + manifest.databases() + " as of " + manifest.createdAt());
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Folders.isEmpty(folder)) {
            throw new BackupException(folder + " is not empty; restore into a new folder");
        }
    }

    private void clearAllBut(Path kept) throws IOException {
        List<Path> contents;
        try (Stream<Path> list = Files.list(dataFolder)) {
            contents = list.filter(path -> !path.equals(kept)).toList();
        }
        for (Path path : contents) {
            Folders.delete(path);
        }
    }

    private void copyStore(Path store) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(store)) {
            files = list.sorted().toList();
        }
        for (Path file : files) {
            boolean isLog = file.getFileName().toString().endsWith(".log");
            Files.copy(file, (isLog ? walFolder : dataFolder).resolve(file.getFileName()));
        }
    }
}
