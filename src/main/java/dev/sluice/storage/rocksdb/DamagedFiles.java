package dev.sluice.storage.rocksdb;

import dev.sluice.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens files of which some are not what was once written. What is damaged is set aside in a directory {@code damaged}
 * beside its own, for whoever may want to look at it, and what can be read goes on being served:
 *
 * <ul>
 *   <li>the write-ahead log counts up to the damage;
 *   <li>blocks and points that are not in blocks yet are copied, but for those in a damaged part of a file;
 *   <li>so are names of series, schemas and memberships, and {@link IndexRepair} makes them agree with the points again;
 *   <li>the list of files is put together from its copy, or cut to it ({@link ManifestCopy});
 *   <li>the file {@code CURRENT} is written anew when there is but one manifest that it can have named.
 * </ul>
 *
 * When nothing of that helps, the store does not open.
 */
final class DamagedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DamagedFiles.class);
    private static final String DAMAGED = "damaged";

    private final RocksStoreOptions options;
    private final List<String> findings = new ArrayList<>();

    DamagedFiles(RocksStoreOptions options) {
        this.options = options;
    }

    /** What was found damaged, and what became of it; for operators. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    static boolean isDamage(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
    }

    /**
     * Opens the files, the log up to its damage if need be, and ends what salvaging them has begun.
     *
     * @throws RocksDBException when what they say cannot be read
     * @throws StorageException when they cannot be opened
     */
    RocksFiles open() throws RocksDBException {
        mendCurrent();
        RocksFiles files = openMended();
        try {
            if (IndexRepair.isRequested(files)) {
                new IndexRepair(files, options.directory().resolve(DAMAGED), this::found).run();
            }
            return files;
        } catch (RocksDBException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private RocksFiles openMended() {
        try {
            return RocksFiles.open(options, RocksFiles.Strictness.STRICT);
        } catch (RocksDBException e) {
            if (isLocked(e)) {
                throw cannotOpen(e);
            }
            ManifestCopy copy = new ManifestCopy(options.directory());
            RocksFiles mended = openWithManifest(
                    copy,
                    copy::mend,
                    "the list of files, MANIFEST, was damaged; it was put together from its copy and nothing is lost with it");
            if (mended != null) {
                return mended;
            }
            if (!isDamage(e)) {
                throw cannotOpen(e);
            }
            return openDamaged(e, copy);
        }
    }

    /** Changes the manifest, and returns where the one that was found is kept; null when there is nothing to change. */
    private interface ManifestChange {
        @Nullable
        Path make(Path aside) throws IOException;
    }

    /** Null when the change cannot be made, or when it is no help. */
    private @Nullable RocksFiles openWithManifest(ManifestCopy copy, ManifestChange change, String finding) {
        Path aside = options.directory().resolve(DAMAGED);
        try {
            Path kept = change.make(aside);
            if (kept == null) {
                return null;
            }
            try {
                RocksFiles files = RocksFiles.open(options, RocksFiles.Strictness.STRICT);
                found(finding + "; the damaged one is kept in " + aside);
                return files;
            } catch (RocksDBException noHelp) {
                copy.undo(kept);
                return null;
            }
        } catch (IOException e) {
            LOG.warn("a damaged MANIFEST cannot be put together from its copy: {}", e.getMessage());
            return null;
        }
    }

    /** RocksDB tells it by its words only; "lock" alone is in every "block checksum mismatch". */
    private static boolean isLocked(RocksDBException e) {
        String message = e.getMessage();
        return message != null && (message.contains("lock file") || message.contains("lock hold"));
    }

    private RocksFiles openDamaged(RocksDBException damage, ManifestCopy copy) {
        List<Path> aside = setLogAside();
        try {
            RocksFiles files = RocksFiles.open(options, RocksFiles.Strictness.LOG_UP_TO_DAMAGE);
            found("the write-ahead log is damaged (" + damage.getMessage()
                    + "); what was written behind the damage is lost; the log is kept in "
                    + options.walDirectory().resolve(DAMAGED));
            return files;
        } catch (RocksDBException notTheLog) {
            aside.forEach(DamagedFiles::deleteQuietly);
        }
        RocksFiles cut = isListOfFilesReadable()
                ? null
                : openWithManifest(
                        copy,
                        copy::cut,
                        "the end of the list of files, MANIFEST, was damaged and was cut off; what was changed in the last"
                                + " moment before the store stopped may be lost");
        if (cut != null) {
            return cut;
        }
        salvage(damage);
        try {
            return RocksFiles.open(options, RocksFiles.Strictness.STRICT);
        } catch (RocksDBException e) {
            throw cannotOpen(e);
        }
    }

    /** Where it is, whatever else is damaged is noticed only when it is read. */
    private boolean isListOfFilesReadable() {
        try {
            RocksFiles.open(options, RocksFiles.Strictness.ANY_FILES).close();
            return true;
        } catch (RocksDBException unreadable) {
            return false;
        }
    }

    private void mendCurrent() {
        Path current = options.directory().resolve("CURRENT");
        try {
            if (!Files.exists(current)) {
                return;
            }
            String named = Files.readString(current, StandardCharsets.ISO_8859_1);
            List<String> manifests;
            try (Stream<Path> files = Files.list(options.directory())) {
                manifests = files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith("MANIFEST-"))
                        .toList();
            }
            if (manifests.size() == 1 && !named.equals(manifests.get(0) + "\n")) {
                Path next = options.directory().resolve("CURRENT.dbtmp");
                Files.writeString(next, manifests.get(0) + "\n");
                Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                found("file CURRENT was damaged; nothing is lost with it");
            }
        } catch (IOException e) {
            throw new StorageException("cannot open the data directory " + options.directory() + ": " + e, e);
        }
    }

    private StorageException cannotOpen(RocksDBException e) {
        String reason = isLocked(e)
                ? "another process uses the data directory " + options.directory()
                : "cannot open the data directory " + options.directory();
        return new StorageException(reason + ": " + e.getMessage(), e);
    }

    /**
     * Copies what can be read of families with damaged files. The files must not be open.
     *
     * @param damage what was noticed
     * @throws StorageException when no damage can be mended here
     */
    void salvage(RocksDBException damage) {
        try (RocksFiles files = RocksFiles.open(options, RocksFiles.Strictness.ANY_FILES)) {
            boolean mended = false;
            for (ColumnFamilyHandle family : List.of(files.blocks(), files.log())) {
                mended |= salvage(files, family, false);
            }
            for (ColumnFamilyHandle family : List.of(files.meta(), files.shards(), files.schema(), files.series())) {
                mended |= salvage(files, family, true);
            }
            if (!mended) {
                throw cannotOpen(damage);
            }
        } catch (RocksDBException | IOException e) {
            StorageException failed = cannotOpen(damage);
            failed.addSuppressed(e);
            throw failed;
        }
    }

    private boolean salvage(RocksFiles files, ColumnFamilyHandle family, boolean isIndex)
            throws RocksDBException, IOException {
        List<LiveFileMetaData> damaged = new ArrayList<>();
        for (LiveFileMetaData file : files.db().getLiveFilesMetaData()) {
            if (Arrays.equals(file.columnFamilyName(), family.getName()) && isDamaged(file)) {
                damaged.add(file);
            }
        }
        if (damaged.isEmpty()) {
            return false;
        }
        Path aside = Files.createDirectories(options.directory().resolve(DAMAGED));
        for (LiveFileMetaData file : damaged) {
            linkIfAbsent(path(file), aside);
        }
        if (isIndex) {
            IndexRepair.request(files);
        }
        Path copies = Files.createDirectories(options.directory().resolve("salvage"));
        deleteFilesIn(copies);
        ReadableCopy copy = new ReadableCopy(files, family, copies);
        copy.run();
        files.replace(family, copy.files());
        if (isIndex) {
            // It may have been among what could not be read.
            IndexRepair.request(files);
        }
        deleteFilesIn(copies);
        Files.delete(copies);
        for (LiveFileMetaData file : damaged) {
            found("file " + path(file).getFileName() + " is damaged; it is kept in " + aside);
        }
        if (!isIndex) {
            // What the index lacks, its repair finds out.
            copy.holes().forEach(hole -> found("lost with it: " + hole));
        }
        return true;
    }

    private static Path path(LiveFileMetaData file) {
        return Path.of(file.path(), file.fileName());
    }

    private static boolean isDamaged(LiveFileMetaData file) {
        try (Options options = new Options();
                ReadOptions read = new ReadOptions().setFillCache(false);
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(path(file).toString());
            reader.verifyChecksum();
            // Checksums of blocks do not cover how the blocks are found.
            try (var rows = reader.newIterator(read)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    continue;
                }
                rows.status();
            }
            return false;
        } catch (RocksDBException e) {
            return true;
        }
    }

    private List<Path> setLogAside() {
        List<Path> kept = new ArrayList<>();
        try {
            Path aside = Files.createDirectories(options.walDirectory().resolve(DAMAGED));
            try (Stream<Path> logs = Files.list(options.walDirectory())) {
                for (Path log :
                        logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                    if (linkIfAbsent(log, aside)) {
                        kept.add(aside.resolve(log.getFileName()));
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("a damaged write-ahead log cannot be kept: {}", e.getMessage());
        }
        return kept;
    }

    private static boolean linkIfAbsent(Path file, Path directory) throws IOException {
        Path kept = directory.resolve(file.getFileName());
        try {
            Files.createLink(kept, file);
            return true;
        } catch (FileAlreadyExistsException before) {
            return false;
        } catch (UnsupportedOperationException noLinks) {
            Files.copy(file, kept);
            return true;
        }
    }

    private static void deleteFilesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(DamagedFiles::deleteQuietly);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.getMessage());
        }
    }

    private void found(String finding) {
        LOG.error("{}", finding);
        findings.add(finding);
    }
}
