package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes the body of a refusal in the format the client asked for (JSON, CSV or MessagePack), with its content type.
 * Status and all other headers are set already. The feature that owns the formats implements it.
 */
@FunctionalInterface
public interface ErrorBodyWriter {

    /**
     * @param text InfluxDB's text of the error, without any escapes
     */
    void write(HttpServletRequest request, HttpServletResponse response, String text) throws IOException;
}
