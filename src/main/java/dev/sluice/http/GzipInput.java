package dev.sluice.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952), any number of members, with the errors of Go's reader. The JDK's stream takes whatever
 * follows a member and is no gzip for the end: a body of several members that was cut in the middle would be half
 * written and acknowledged. Used by one thread.
 */
final class GzipInput extends InputStream {

    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    /** What is read is no gzip; the message is what InfluxDB answers. */
    static final class CorruptException extends IOException {

        private static final long serialVersionUID = 1L;

        CorruptException(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private boolean ended;

    /** Reads the first header. */
    GzipInput(InputStream in) throws IOException {
        this.in = in;
        try {
            if (!readHeader()) {
                throw new CorruptException("EOF");
            }
        } catch (IOException failed) {
            inflater.end();
            throw failed;
        }
    }

    /** Returns false where there is nothing any more. */
    private boolean readHeader() throws IOException {
        if (!fill()) {
            return false;
        }
        byte[] fixed = new byte[10];
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = (byte) next();
        }
        if (fixed[0] != 0x1f || fixed[1] != (byte) 0x8b || fixed[2] != 8) {
            throw new CorruptException("gzip: invalid header");
        }
        int flags = fixed[3];
        checksum.reset();
        checksum.update(fixed);
        if ((flags & EXTRA) != 0) {
            int length = nextChecked() | nextChecked() << 8;
            for (int i = 0; i < length; i++) {
                nextChecked();
            }
        }
        for (int flag : new int[] {NAME, COMMENT}) {
            if ((flags & flag) != 0) {
                while (nextChecked() != 0) {
                    // Names and comments mean nothing here.
                }
            }
        }
        int headerChecksum = (int) checksum.getValue() & 0xffff;
        if ((flags & HEADER_CRC) != 0 && (next() | next() << 8) != headerChecksum) {
            throw new CorruptException("gzip: invalid header");
        }
        checksum.reset();
        inflater.reset();
        return true;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            int n = in.read(buffer, 0, buffer.length);
            if (n < 0) {
                return false;
            }
            position = 0;
            limit = n;
        }
        return true;
    }

    private int next() throws IOException {
        if (!fill()) {
            throw new CorruptException("unexpected EOF");
        }
        return buffer[position++] & 0xff;
    }

    private int nextChecked() throws IOException {
        int b = next();
        checksum.update(b);
        return b;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int n = inflate(target, offset, length);
            if (n > 0) {
                checksum.update(target, offset, n);
                return n;
            }
            if (inflater.finished()) {
                readTrailer();
                ended = !readHeader();
            } else if (inflater.needsDictionary()) {
                throw corrupt();
            } else {
                if (!fill()) {
                    throw new CorruptException("unexpected EOF");
                }
                inflater.setInput(buffer, position, limit - position);
                position = limit;
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws CorruptException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException malformed) {
            throw corrupt();
        }
    }

    /** Go's text; its offset counts what was decoded so far, this one what was read. */
    private CorruptException corrupt() {
        return new CorruptException("flate: corrupt input before offset " + inflater.getBytesRead());
    }

    private void readTrailer() throws IOException {
        position = limit - inflater.getRemaining();
        long size = inflater.getBytesWritten() & 0xffff_ffffL;
        if (nextInt() != checksum.getValue() || nextInt() != size) {
            throw new CorruptException("gzip: invalid checksum");
        }
    }

    private long nextInt() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) next() << shift;
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        inflater.end();
        in.close();
    }
}
