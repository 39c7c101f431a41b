package dev.sluice.http;

import dev.sluice.security.Access;
import dev.sluice.security.RouteAccess;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** {@code /api/v2/query}: there is no Flux, which is what InfluxDB says as long as nobody turns it on. */
@Controller
@RouteAccess(Access.USER)
class FluxController {

    @RequestMapping(path = "/api/v2/query", method = RequestMethod.POST)
    void query() {
        throw new RequestException(
                HttpServletResponse.SC_FORBIDDEN,
                "Flux query service disabled. Verify flux-enabled=true in the [http] section of the InfluxDB config.");
    }

    @RequestMapping(path = "/api/v2/query", method = RequestMethod.OPTIONS)
    void options(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
    }
}
