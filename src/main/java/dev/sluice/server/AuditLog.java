package dev.sluice.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.account.Caller;
import dev.sluice.account.Origin;
import dev.sluice.account.UserAccount;
import dev.sluice.http.meta.MetaObserver;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.security.SecurityObserver;
import dev.sluice.statement.StatementObserver;
import dev.sluice.statement.StatementRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record of log-ins, refusals and changes: a JSON object a line, to a file of its own or to the logger {@code audit}. As
 * every request brings its credentials, a log-in that succeeds is recorded once an hour for each user, address and means;
 * the counters count all of them. Statements are printed without passwords. Thread-safe.
 */
final class AuditLog implements SecurityObserver, StatementObserver, MetaObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOGINS = "sluice.logins";

    private final boolean enabled;
    private final @Nullable BufferedWriter file;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Cache<Login, Boolean> recentLogins = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    private record Login(String user, Origin origin) {}

    AuditLog(AuditProperties settings, Clock clock, MeterRegistry meters) {
        this.enabled = settings.enabled();
        this.file = enabled && !settings.path().isEmpty() ? open(Path.of(settings.path())) : null;
        this.clock = clock;
        this.meters = meters;
    }

    private static BufferedWriter open(Path path) {
        try {
            return Files.newBufferedWriter(
                    path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unusable) {
            throw new UncheckedIOException("influxdb.audit.path: " + path, unusable);
        }
    }

    @Override
    public void loginSucceeded(String user, Origin origin) {
        meters.counter(LOGINS, "outcome", "success").increment();
        if (enabled && recentLogins.asMap().putIfAbsent(new Login(user, origin), true) == null) {
            record("login", user, origin, "", "", null);
        }
    }

    @Override
    public void loginRefused(String user, Origin origin, String reason) {
        meters.counter(LOGINS, "outcome", outcome(reason)).increment();
        if (enabled) {
            record("login", user, origin, "", "", reason);
        }
    }

    private static String outcome(String reason) {
        if (reason.equals("too many failures")) {
            return "held back";
        }
        if (reason.startsWith("too many log-ins")) {
            return "busy";
        }
        return reason.startsWith("directory is not available") ? "unavailable" : "failure";
    }

    @Override
    public void accessDenied(Caller caller, Origin origin, String reason) {
        meters.counter("sluice.denials").increment();
        if (enabled) {
            record("access", name(caller), origin, "", "", reason);
        }
    }

    @Override
    public void changed(StatementRequest request, Statement statement, @Nullable String error) {
        if (enabled) {
            record(
                    "statement",
                    name(request.caller()),
                    request.origin(),
                    request.database(),
                    statement.toString(),
                    error);
        }
    }

    @Override
    public void changed(Caller caller, Origin origin, String change, @Nullable String error) {
        if (enabled) {
            record("meta", name(caller), origin, "", change, error);
        }
    }

    private static String name(Caller caller) {
        return caller.user().map(UserAccount::name).orElse("");
    }

    private void record(
            String event, String user, Origin origin, String database, String statement, @Nullable String error) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant().toString());
        line.put("event", event);
        line.put("user", user);
        put(line, "address", origin.address());
        put(line, "means", origin.means());
        put(line, "database", database);
        put(line, "statement", statement);
        line.put("outcome", error == null ? "success" : "failure");
        put(line, "error", error == null ? "" : error);
        write(JSON.writeValueAsString(line));
    }

    private static void put(Map<String, Object> line, String member, String value) {
        if (!value.isEmpty()) {
            line.put(member, value);
        }
    }

    private void write(String line) {
        if (file == null) {
            LOG.info("{}", line);
            return;
        }
        synchronized (file) {
            try {
                file.write(line);
                file.write('\n');
                file.flush();
            } catch (IOException full) {
                LOG.error("the audit log cannot be written: {}; it would have been: {}", full.getMessage(), line);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            synchronized (file) {
                file.close();
            }
        }
    }
}
