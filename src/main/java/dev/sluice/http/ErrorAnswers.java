package dev.sluice.http;

import dev.sluice.http.encoding.ErrorBody;
import dev.sluice.http.encoding.ResponseFormat;
import dev.sluice.security.ErrorBodyWriter;
import dev.sluice.security.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Answers that a request failed as a whole, in the format the client asked for. Thread-safe. */
@Component
class ErrorAnswers implements ErrorBodyWriter {

    private static final int HEADER_LIMIT = 1024;

    /** Sets the status and {@code X-Influxdb-Error} and writes the body. */
    void write(HttpServletRequest request, HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        String header = text.length() > HEADER_LIMIT ? text.substring(0, HEADER_LIMIT) : text;
        response.setHeader("X-Influxdb-Error", header.replaceAll("[\\r\\n]", " "));
        write(request, response, text);
    }

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, String text) throws IOException {
        ResponseFormat format = ResponseFormat.negotiate(request.getHeader("Accept"));
        boolean pretty = QueryString.of(request).first("pretty").equals("true");
        byte[] body = ErrorBody.encode(format, pretty, text);
        UnreadBodyFilter.announce(request, response);
        response.setContentType(format.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
