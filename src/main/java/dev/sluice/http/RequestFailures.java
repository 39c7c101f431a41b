package dev.sluice.http;

import dev.sluice.ingest.WriteFailedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Turns what controllers throw into InfluxDB's answers. */
@ControllerAdvice
class RequestFailures {

    private static final Logger LOG = LoggerFactory.getLogger(RequestFailures.class);

    private final ErrorAnswers answers;

    RequestFailures(ErrorAnswers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    void answer(RequestException failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure.endsConnection()) {
            response.setHeader("Connection", "close");
        }
        answers.write(request, response, failure.status(), String.valueOf(failure.getMessage()));
    }

    @ExceptionHandler
    void answer(WriteFailedException failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOG.warn("a write failed: {}", failure.getMessage());
        answers.write(
                request, response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, String.valueOf(failure.getMessage()));
    }
}
