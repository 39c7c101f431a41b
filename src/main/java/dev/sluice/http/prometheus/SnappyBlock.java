package dev.sluice.http.prometheus;

import java.io.IOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/** Snappy's block format: the length, then literals and copies; not the framing format of streams. */
public final class SnappyBlock {

    /** Three bytes stand for 64 at most. A length that cannot be true would reserve memory that a small body asks for. */
    private static final int MAX_RATIO = 22;

    private SnappyBlock() {}

    /** What was compressed is larger than the one who asks allows. */
    public static final class TooLargeException extends Exception {

        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("too large", null, false, false);
        }
    }

    /**
     * Decompresses a block.
     *
     * @param limitInBytes most bytes of what comes out
     * @throws MalformedMessageException {@code snappy: corrupt input}
     */
    public static byte[] decompress(byte[] block, long limitInBytes)
            throws MalformedMessageException, TooLargeException {
        try {
            int length = Snappy.uncompressedLength(block);
            if (length < 0 || length / MAX_RATIO > block.length) {
                throw corrupt();
            }
            if (length > limitInBytes) {
                throw new TooLargeException();
            }
            byte[] plain = new byte[length];
            int written = Snappy.uncompress(block, 0, block.length, plain, 0);
            return written == length ? plain : Arrays.copyOf(plain, written);
        } catch (IOException malformed) {
            throw corrupt();
        }
    }

    /** Compresses the first bytes of an array. */
    public static byte[] compress(byte[] plain, int length) {
        byte[] block = new byte[Snappy.maxCompressedLength(length)];
        try {
            return Arrays.copyOf(block, Snappy.compress(plain, 0, length, block, 0));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MalformedMessageException corrupt() {
        return new MalformedMessageException("snappy: corrupt input");
    }
}
