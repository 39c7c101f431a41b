package dev.sluice.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses the body of an answer. InfluxDB does so where the word stands in {@code Accept-Encoding}, weights aside. */
final class GzipAnswer {

    private static final int BUFFER_SIZE = 8192;

    private GzipAnswer() {}

    static boolean isAccepted(HttpServletRequest request) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    /** A stream that flushes what it is told to flush, and that the caller finishes. */
    static GZIPOutputStream begin(HttpServletResponse response) throws IOException {
        response.setHeader("Content-Encoding", "gzip");
        return new GZIPOutputStream(response.getOutputStream(), BUFFER_SIZE, true);
    }
}
