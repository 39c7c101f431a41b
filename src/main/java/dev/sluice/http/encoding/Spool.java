package dev.sluice.http.encoding;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must stay changeable until the end, because MessagePack states counts before what they count: in memory up
 * to a limit, then in a temporary file. Positions count from the first byte. Closing removes the file. Not thread-safe.
 */
final class Spool implements AutoCloseable {

    private static final int MEMORY_LIMIT = 8 * 1024 * 1024;

    /** An array's header with a count of 32 bits. */
    private static final int ARRAY_HEADER = 5;

    /** The bytes behind those that are in the file. */
    final ByteOutput tail = new ByteOutput(1024);

    private long spilled;
    private @Nullable Path path;
    private @Nullable RandomAccessFile file;

    long position() {
        return spilled + tail.size;
    }

    /** Whether everything from a position on can still be taken back. */
    boolean isInMemory(long position) {
        return position >= spilled;
    }

    /** Forgets everything from a position that is in memory. */
    void truncate(long position) {
        tail.size = (int) (position - spilled);
    }

    void setByte(long position, int value) {
        if (isInMemory(position)) {
            tail.bytes[(int) (position - spilled)] = (byte) value;
            return;
        }
        overwrite(position, new byte[] {(byte) value});
    }

    /** Makes room for the header of an array whose length is not known yet, and returns its position. */
    long openArray() {
        long position = position();
        tail.ensure(ARRAY_HEADER);
        tail.size += ARRAY_HEADER;
        return position;
    }

    /** Writes the header of an array that ends here; as short as it can be, unless that would mean rewriting the file. */
    void closeArray(long position, int count) {
        if (!isInMemory(position)) {
            overwrite(position, new byte[] {
                (byte) 0xdd, (byte) (count >>> 24), (byte) (count >>> 16), (byte) (count >>> 8), (byte) count
            });
            return;
        }
        int at = (int) (position - spilled);
        int end = tail.size;
        tail.size = at;
        MessagePack.putArrayHeader(tail, count);
        int length = end - at - ARRAY_HEADER;
        System.arraycopy(tail.bytes, at + ARRAY_HEADER, tail.bytes, tail.size, length);
        tail.size += length;
    }

    /** Moves what is in memory to the file when it has become much. */
    void spillWhenLarge() {
        if (tail.size < MEMORY_LIMIT) {
            return;
        }
        try {
            if (file == null) {
                path = Files.createTempFile("sluice-answer", ".msgpack");
                file = new RandomAccessFile(path.toFile(), "rw");
            }
            file.seek(spilled);
            file.write(tail.bytes, 0, tail.size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spilled += tail.size;
        tail.size = 0;
    }

    /** Writes everything to an answer and begins anew. */
    void drainTo(AnswerStream answer) {
        if (file != null) {
            copyFile(file, answer);
        }
        answer.write(tail);
        spilled = 0;
    }

    @Override
    public void close() {
        if (file == null || path == null) {
            return;
        }
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file = null;
    }

    private void copyFile(RandomAccessFile file, AnswerStream answer) {
        try {
            byte[] buffer = new byte[64 * 1024];
            file.seek(0);
            long left = spilled;
            while (left > 0 && !answer.isAbandoned()) {
                int count = (int) Math.min(buffer.length, left);
                file.readFully(buffer, 0, count);
                answer.write(buffer, 0, count);
                left -= count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void overwrite(long position, byte[] bytes) {
        try {
            RandomAccessFile target = Objects.requireNonNull(file);
            target.seek(position);
            target.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
