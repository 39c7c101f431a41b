package dev.sluice.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether a directory takes writes and keeps them. */
final class DiskProbe {

    /** Enough that a full disk does not pass for one with room. */
    private static final int BYTES = 4 << 20;

    private DiskProbe() {}

    /** Writes a file, forces it to disk and removes it again. */
    static void check(Path directory) throws IOException {
        Path file = directory.resolve("probe.tmp");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(BYTES);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
