package dev.sluice.backup;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.storage.StoreCheckpoint;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes backups of the whole service while it runs. A backup is a folder: the files of the store in {@code store}, users and the
 * catalogue in {@code metadata.json}, and a manifest. What was acknowledged before the backup began is in it.
 *
 * <p>The store is copied first. So the metadata knows every shard that the copy has points in, except what was dropped meanwhile,
 * whose points the first start removes; the other way round, points of a shard that is made in between would be lost.
 *
 * <p>Thread-safe; there is one backup at a time.
 */
public final class Backups {

    static final String STORE = "store";
    static final String METADATA = "metadata.json";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final String UNFINISHED = ".unfinished";

    private final StoreCheckpoint store;
    private final MetadataDump metadata;
    private final Catalog catalog;
    private final Path root;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock();

    /**
     * Backups of a service.
     *
     * @param root the folder that backups are put into; is made when the first one is
     */
    public Backups(StoreCheckpoint store, MetadataDump metadata, Catalog catalog, Path root, Clock clock) {
        this.store = store;
        this.metadata = metadata;
        this.catalog = catalog;
        this.root = root;
        this.clock = clock;
    }

    /** Names of the complete backups in the service's folder, sorted. */
    public List<String> names() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve(BackupManifest.FILE_NAME)))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches() && !name.endsWith(UNFINISHED))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new BackupException("cannot read " + root + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Makes a backup in the service's folder. Files of the store that an earlier backup there has too are shared with it and take no
     * more space.
     *
     * @param name letters, digits, dots, hyphens and underscores
     * @throws BackupException when there is one of that name, another is being made, or it failed; then nothing is left of it
     */
    public BackupManifest create(String name) {
        if (!NAME.matcher(name).matches() || name.endsWith(UNFINISHED)) {
            throw new BackupException("a backup's name has letters, digits, '.', '-' and '_' only: " + name);
        }
        Path folder = root.resolve(name);
        if (Files.exists(folder)) {
            throw new BackupException("there is a backup " + name + " already");
        }
        return locked(() -> {
            Path unfinished = root.resolve(name + UNFINISHED);
            try {
                BackupManifest manifest = fill(unfinished);
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
                Folders.force(folder);
                return manifest;
            } finally {
                Folders.delete(unfinished);
            }
        });
    }

    /**
     * Writes a backup as a ZIP archive.
     *
     * @throws BackupException when it cannot be made; nothing has been written then
     * @throws IOException when the stream fails
     */
    public void write(OutputStream out) throws IOException {
        Path folder = root.resolve("stream" + UNFINISHED);
        locked(() -> {
            try {
                fill(folder);
                Folders.zip(folder, out);
                return folder;
            } finally {
                Folders.delete(folder);
            }
        });
    }

    private BackupManifest fill(Path folder) throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        String createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        store.checkpoint(folder.toAbsolutePath().resolve(STORE));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(METADATA)))) {
            metadata.write(out);
        }
        List<String> databases = new ArrayList<>();
        for (Database database : catalog.databases()) {
            databases.add(database.name());
        }
        BackupManifest manifest = BackupManifest.of(folder, createdAt, databases);
        manifest.write(folder);
        Folders.force(folder);
        return manifest;
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T locked(Step<T> step) {
        if (!running.tryLock()) {
            throw new BackupException("another backup is being made");
        }
        try {
            return step.run();
        } catch (IOException failed) {
            throw new BackupException("the backup failed: " + failed.getMessage(), failed);
        } finally {
            running.unlock();
        }
    }
}
