package dev.sluice.ingest;

import dev.sluice.model.PointBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The memory that one write takes: its body, and what is parsed from it. A write needs a few megabytes for a few
 * milliseconds, so they are used again, see {@link WriteBuffers}. Not thread-safe.
 */
public final class WriteBuffer {

    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private byte[] bytes = new byte[0];
    private int length;
    private final PointBatch points = new PointBatch();

    WriteBuffer() {}

    /** A buffer of its own for a body that the caller gives up. */
    public static WriteBuffer wrapWithoutCopy(byte[] body) {
        WriteBuffer buffer = new WriteBuffer();
        buffer.bytes = body;
        buffer.length = body.length;
        return buffer;
    }

    /** Makes room for so many bytes in all. */
    public void reserve(int size) {
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, size);
        }
    }

    /** Reads what there is; returns how many bytes, or -1 at the end. */
    public int readFrom(InputStream in) throws IOException {
        if (length == bytes.length) {
            reserve((int) Math.min(MAX_LENGTH, Math.max(1024, bytes.length * 2L)));
        }
        int count = in.read(bytes, length, bytes.length - length);
        length += Math.max(0, count);
        return count;
    }

    /** How many bytes were read. */
    public int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    PointBatch points() {
        return points;
    }

    /** Forgets what was read; the room that keys took behind it stays. */
    void clear() {
        length = 0;
        if (points.arena().length > bytes.length) {
            bytes = points.arena();
        }
    }

    long retainedSizeInBytes() {
        return bytes.length + points.retainedSizeInBytes();
    }
}
