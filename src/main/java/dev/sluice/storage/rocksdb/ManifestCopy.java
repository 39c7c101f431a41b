package dev.sluice.storage.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second copy of RocksDB's manifest, the list of its files, without which none of them can be read. It is small and only
 * ever appended to, so the copy follows it within a quarter of a second. A manifest that is damaged is put together again
 * from the copy and from what the copy does not have yet; RocksDB's own checksums say whether that is whole.
 *
 * <p>RocksDB tells of flushes and compactions by callbacks, with which the copy would miss nothing. They end the JVM when the
 * classes of RocksDB are not loaded by the class loader of the system, as in the packed jar (RocksDB 10.10).
 */
final class ManifestCopy {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestCopy.class);
    private static final String FOLDER = "manifest-copy";
    private static final int PIECE = 1 << 16;
    private static final int DELAY_MILLIS = 250;

    private final Path directory;
    private final ScheduledExecutorService follower = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sluice-manifest");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Path followed;

    /**
     * The copy of the manifest of a store that may be open or not.
     *
     * @param directory of the store
     */
    ManifestCopy(Path directory) {
        this.directory = directory;
    }

    /** Follows the manifest of an open store. */
    void start() {
        follower.scheduleWithFixedDelay(this::follow, 0, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ends that; the store is closed already, so the copy is whole afterwards. */
    void stop() {
        follower.shutdownNow();
        follow();
    }

    private synchronized void follow() {
        try {
            Path manifest = current();
            if (manifest == null) {
                return;
            }
            Path copies = Files.createDirectories(directory.resolve(FOLDER));
            boolean isNew = !manifest.equals(followed);
            if (isNew) {
                // What lies there under its name may be another store's, as after a restore.
                Files.deleteIfExists(copies.resolve(manifest.getFileName()));
            }
            append(manifest, copies.resolve(manifest.getFileName()));
            followed = manifest;
            if (isNew) {
                deleteOthers(copies, manifest.getFileName());
            }
        } catch (IOException | UncheckedIOException e) {
            // The next time it may work; a full disk is told of by those who write points.
            LOG.debug("the manifest cannot be copied: {}", e.toString());
        }
    }

    private static void deleteOthers(Path copies, Path name) throws IOException {
        try (Stream<Path> all = Files.list(copies)) {
            for (Path other : all.toList()) {
                if (!other.getFileName().equals(name)) {
                    Files.delete(other);
                }
            }
        }
    }

    private static void append(Path manifest, Path copy) throws IOException {
        try (FileChannel from = FileChannel.open(manifest, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long at = to.size();
            if (at >= from.size()) {
                return;
            }
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (from.read(piece.clear(), at) > 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    at += to.write(piece, at);
                }
            }
            to.force(false);
        }
    }

    /** The manifest that the file CURRENT names; null when there is none. */
    private @Nullable Path current() throws IOException {
        Path current = directory.resolve("CURRENT");
        if (!Files.exists(current)) {
            return null;
        }
        String name = Files.readString(current, StandardCharsets.ISO_8859_1).strip();
        // Of a damaged name nothing may come but a file that is not there.
        Path manifest = name.startsWith("MANIFEST-") && name.indexOf('/') < 0 ? directory.resolve(name) : null;
        return manifest != null && Files.exists(manifest) ? manifest : null;
    }

    /** A manifest, and its copy. */
    private record Pair(Path manifest, byte[] found, byte[] copy) {

        boolean isSameAsFarAsBothReach() {
            int common = Math.min(found.length, copy.length);
            return Arrays.equals(found, 0, common, copy, 0, common);
        }

        /** So many bytes were appended to the manifest since it was copied. */
        int behindCopy() {
            return Math.max(found.length - copy.length, 0);
        }
    }

    /** Null when there is none or no copy of it. */
    private @Nullable Pair pair() throws IOException {
        Path manifest = current();
        Path copy = manifest == null ? null : directory.resolve(FOLDER).resolve(manifest.getFileName());
        return manifest == null || copy == null || !Files.exists(copy)
                ? null
                : new Pair(manifest, Files.readAllBytes(manifest), Files.readAllBytes(copy));
    }

    /**
     * Puts the manifest of a store that is not open together from its copy, when that differs from it.
     *
     * @param aside where the one that was found is kept
     * @return where it is kept; null when nothing was changed
     */
    @Nullable
    Path mend(Path aside) throws IOException {
        Pair pair = pair();
        if (pair == null || pair.isSameAsFarAsBothReach()) {
            return null;
        }
        int behind = pair.behindCopy();
        return replace(pair, aside, ByteBuffer.wrap(pair.found(), pair.found().length - behind, behind));
    }

    /**
     * Puts the copy in the place of the manifest of a store that is not open, when the manifest has more: what was appended
     * to it last is damaged, too.
     *
     * @param aside where the one that was found is kept
     * @return where it is kept; null when nothing was changed
     */
    @Nullable
    Path cut(Path aside) throws IOException {
        Pair pair = pair();
        return pair == null || pair.behindCopy() == 0 ? null : replace(pair, aside, ByteBuffer.allocate(0));
    }

    private static Path replace(Pair pair, Path aside, ByteBuffer behind) throws IOException {
        Path manifest = pair.manifest();
        Path kept = keep(manifest, Files.createDirectories(aside));
        Path next = manifest.resolveSibling(manifest.getFileName() + ".dbtmp");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(out, ByteBuffer.wrap(pair.copy()));
            write(out, behind);
            out.force(true);
        }
        Files.move(next, manifest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return kept;
    }

    /** Puts the manifest back that {@link #mend} or {@link #cut} found: the copy did not help, and may be what is damaged. */
    void undo(Path kept) throws IOException {
        Path manifest = current();
        if (manifest != null) {
            Files.move(kept, manifest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** A copy and no link, as it is put back when that does not help; several of one name can be damaged in the course of time. */
    private static Path keep(Path manifest, Path aside) throws IOException {
        Path kept = aside.resolve(manifest.getFileName());
        for (int number = 2; Files.exists(kept); number++) {
            kept = aside.resolve(manifest.getFileName() + "." + number);
        }
        return Files.copy(manifest, kept);
    }
}
