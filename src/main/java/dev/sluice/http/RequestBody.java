package dev.sluice.http;

import dev.sluice.ingest.WriteBuffer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Reads the bodies of requests, in one piece and with a limit. */
final class RequestBody {

    /** As long as an array may get. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private static final int FIRST_SIZE = 64 * 1024;

    /** As much as is reserved because a client announces it; more only comes as bytes do. */
    private static final int MAX_RESERVED = 4 << 20;

    /** Part of a body for which room is left behind it: for series keys in canonical form. */
    private static final int SPARE_PART = 8;

    private RequestBody() {}

    /**
     * Reads the body of a write, decompressed.
     *
     * @param limitInBytes most bytes before and after decompression; 0 for no limit. InfluxDB looks at the compressed size
     *     alone, which lets a small request fill its memory.
     * @throws RequestException 413 beyond the limit, 400 when it is not what {@code Content-Encoding} says
     */
    static void read(HttpServletRequest request, long limitInBytes, WriteBuffer into) throws IOException {
        long limit = limitInBytes == 0 ? MAX_LENGTH : Math.min(limitInBytes, MAX_LENGTH);
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw tooLarge();
        }
        if (!"gzip".equals(request.getHeader("Content-Encoding"))) {
            into.reserve((int) Math.max(FIRST_SIZE, Math.min(MAX_RESERVED, announced + announced / SPARE_PART)));
            read(request.getInputStream(), limit, into);
            return;
        }
        try (InputStream unzipped = new GzipInput(request.getInputStream())) {
            into.reserve((int) Math.max(FIRST_SIZE, Math.min(MAX_RESERVED, announced * 6)));
            read(unzipped, limit, into);
        } catch (GzipInput.CorruptException corrupt) {
            throw new RequestException(HttpServletResponse.SC_BAD_REQUEST, String.valueOf(corrupt.getMessage()));
        }
    }

    private static void read(InputStream in, long limit, WriteBuffer into) throws IOException {
        while (into.readFrom(in) >= 0) {
            if (into.length() > limit) {
                throw tooLarge();
            }
        }
    }

    /**
     * Reads a body whatever its {@code Content-Encoding}.
     *
     * @param limitInBytes most bytes; 0 for no limit
     * @throws RequestException 413 beyond the limit
     */
    static byte[] readPlain(HttpServletRequest request, long limitInBytes) throws IOException {
        int limit = limitInBytes == 0 ? MAX_LENGTH : (int) Math.min(limitInBytes, MAX_LENGTH);
        if (request.getContentLengthLong() > limit) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            throw tooLarge();
        }
        return body;
    }

    static RequestException tooLarge() {
        return new RequestException(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large");
    }
}
