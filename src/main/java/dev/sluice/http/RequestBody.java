package dev.sluice.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The body of a write, decompressed, in one piece.
 *
 * @param bytes its bytes, possibly followed by others
 * @param length how many of them belong to it
 */
record RequestBody(byte[] bytes, int length) {

    private static final int FIRST_SIZE = 64 * 1024;

    /**
     * Reads a body.
     *
     * @param limitInBytes most bytes before and after decompression; 0 for no limit. InfluxDB looks at the compressed size
     *     alone, which lets a small request fill its memory.
     * @throws RequestException 413 beyond the limit, 400 when it is not what {@code Content-Encoding} says
     */
    static RequestBody read(HttpServletRequest request, long limitInBytes) throws IOException {
        long limit = limitInBytes == 0 ? Integer.MAX_VALUE - 16 : Math.min(limitInBytes, Integer.MAX_VALUE - 16);
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw tooLarge();
        }
        if (!"gzip".equals(request.getHeader("Content-Encoding"))) {
            int size = announced < 0 ? FIRST_SIZE : (int) announced + 1;
            return read(request.getInputStream(), size, limit);
        }
        try (InputStream unzipped = new GzipInput(request.getInputStream())) {
            int size = (int) Math.min(limit, Math.max(FIRST_SIZE, announced * 6));
            return read(unzipped, size, limit);
        } catch (GzipInput.CorruptException corrupt) {
            throw new RequestException(HttpServletResponse.SC_BAD_REQUEST, String.valueOf(corrupt.getMessage()));
        }
    }

    /** Reads a body whatever its {@code Content-Encoding}; see {@link #read}. */
    static RequestBody readPlain(HttpServletRequest request, long limitInBytes) throws IOException {
        return read(request.getInputStream(), FIRST_SIZE, limitInBytes);
    }

    private static RequestBody read(InputStream in, int firstSize, long limit) throws IOException {
        byte[] bytes = new byte[firstSize];
        int length = 0;
        for (int n; (n = in.read(bytes, length, bytes.length - length)) >= 0; ) {
            length += n;
            if (length > limit) {
                throw tooLarge();
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, bytes.length * 2L));
            }
        }
        return new RequestBody(bytes, length);
    }

    private static RequestException tooLarge() {
        return new RequestException(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large");
    }
}
