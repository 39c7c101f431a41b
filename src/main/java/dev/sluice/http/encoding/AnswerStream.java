package dev.sluice.http.encoding;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Where an answer goes. A slow reader blocks the writer. Once a write fails nobody reads any more: the rest is dropped and
 * {@link #isAbandoned()} tells whoever produces it to stop, from any thread. Written to by one thread.
 */
public final class AnswerStream {

    private final OutputStream stream;
    private volatile boolean abandoned;
    private long size;

    public AnswerStream(OutputStream stream) {
        this.stream = stream;
    }

    /** Whether the reader is gone. */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** How many bytes were written so far, whether or not somebody read them. */
    public long sizeInBytes() {
        return size;
    }

    void write(ByteOutput output) {
        write(output.bytes, 0, output.size);
        output.size = 0;
    }

    void write(byte[] bytes, int offset, int length) {
        if (abandoned || length == 0) {
            return;
        }
        size += length;
        try {
            stream.write(bytes, offset, length);
        } catch (IOException readerIsGone) {
            abandoned = true;
        }
    }

    /** Sends what has been written to the reader now. */
    void flush() {
        if (abandoned) {
            return;
        }
        try {
            stream.flush();
        } catch (IOException readerIsGone) {
            abandoned = true;
        }
    }
}
