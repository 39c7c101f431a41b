package dev.sluice.http.meta;

import dev.sluice.account.AccountException;
import dev.sluice.account.AccountUnavailableException;
import dev.sluice.catalog.CatalogException;
import dev.sluice.security.CallerSource;
import dev.sluice.security.QueryString;
import dev.sluice.security.RequestOrigin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What the meta API's controllers answer. */
@Component
final class MetaAnswers {

    /** Enough for every user of a large company to be named at once. */
    private static final int MAX_BODY = 4 << 20;

    private final MetaObserver observer;

    MetaAnswers(MetaObserver observer) {
        this.observer = observer;
    }

    /** Work that fails with InfluxDB's words. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Work that changes something; returns what, without passwords and hashes. */
    @FunctionalInterface
    interface Change {
        String make(byte[] body) throws IOException;
    }

    /** Makes a change and tells of it, or answers with the error. */
    void change(HttpServletRequest request, HttpServletResponse response, String asked, Change change)
            throws IOException {
        answer(response, () -> {
            String what = asked;
            String error = null;
            try {
                what = asked + " " + change.make(body(request));
            } catch (AccountException | CatalogException refused) {
                error = refused.getMessage();
                throw refused;
            } finally {
                observer.changed(CallerSource.of(request), RequestOrigin.of(request), what.strip(), error);
            }
        });
    }

    /**
     * Answers with what there is, or with the one that the parameter {@code name} asks for.
     *
     * @param members the name of the list; nothing at all stands where it would be empty
     * @param find throws when there is none of a name
     */
    <T> void list(
            HttpServletRequest request,
            HttpServletResponse response,
            String members,
            Supplier<List<T>> all,
            Function<String, T> find,
            Function<T, Map<String, Object>> toJson)
            throws IOException {
        answer(response, () -> {
            String name = QueryString.of(request).first("name");
            List<T> listed = name.isEmpty() ? all.get() : List.of(find.apply(name));
            write(
                    response,
                    listed.isEmpty()
                            ? Map.of()
                            : Map.of(members, listed.stream().map(toJson).toList()));
        });
    }

    /** Does the work, and answers with its error when it fails. */
    void answer(HttpServletResponse response, Work work) throws IOException {
        try {
            work.run();
        } catch (AccountException | CatalogException refused) {
            String text = String.valueOf(refused.getMessage());
            response.setStatus(status(refused, text));
            response.setHeader("X-Influxdb-Error", text.replaceAll("[\\r\\n]", " "));
            write(response, Map.of("error", text));
        }
    }

    private static int status(RuntimeException refused, String text) {
        if (refused instanceof AccountUnavailableException) {
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        if (text.contains("not found")) {
            return HttpServletResponse.SC_NOT_FOUND;
        }
        return text.endsWith("already exists") ? HttpServletResponse.SC_CONFLICT : HttpServletResponse.SC_BAD_REQUEST;
    }

    static void write(HttpServletResponse response, Object json) throws IOException {
        byte[] body = MetaJson.write(json);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The body, whatever its content type says: curl sends a form's. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new AccountException("Request Entity Too Large");
        }
        return body;
    }
}
