package dev.sluice.http;

import dev.sluice.security.Access;
import dev.sluice.security.RouteAccess;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What no route serves, and what no route could: the plain texts of Go's server, never a page. */
@Controller
@RouteAccess(Access.OPEN)
class UnroutedController implements ErrorController {

    private final InfluxHeadersFilter headers;

    UnroutedController(InfluxHeadersFilter headers) {
        this.headers = headers;
    }

    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer known ? known : HttpServletResponse.SC_NOT_FOUND;
        String allow = response.getHeader("Allow");
        response.reset();
        headers.addServerHeaders(response);
        if (allow != null) {
            response.setHeader("Allow", allow);
        }
        response.setStatus(code);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] body = text(code).getBytes(StandardCharsets.US_ASCII);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String text(int status) {
        return switch (status) {
            case HttpServletResponse.SC_NOT_FOUND -> "404 page not found\n";
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> "Method Not Allowed\n";
            case HttpServletResponse.SC_BAD_REQUEST -> "400 Bad Request\n";
            default -> "Internal Server Error\n";
        };
    }
}
