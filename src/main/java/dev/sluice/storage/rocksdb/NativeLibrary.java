package dev.sluice.storage.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native library, once a process.
 *
 * <p>RocksDB unpacks it, 15 MB, into the folder for temporary files and removes it when the JVM ends well. A process that
 * is killed leaves it there, and a service that is killed often fills the disk. So it is unpacked into a folder of its
 * own and removed as soon as it is loaded, where the system allows that (Windows does not: there it goes at the end).
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private NativeLibrary() {}

    static {
        try {
            Path folder = Files.createTempDirectory("sluice-native-");
            // The loader remembers that it has loaded the library: loadLibrary below does not unpack it again.
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
            RocksDB.loadLibrary();
            remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack RocksDB's native library: " + e.getMessage(), e);
        }
    }

    /** Returns when the library is loaded. */
    static void load() {
        // The static block does it.
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("{} stays until the JVM ends: {}", folder, e.getMessage());
        }
    }
}
