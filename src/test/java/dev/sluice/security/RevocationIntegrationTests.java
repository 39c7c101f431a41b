package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.security.Api.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What an admin takes away is gone with the very next request, while others keep the caches warm. Passwords are hashed for
 * real here.
 */
@Tag("integration")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "influxdb.http.auth-enabled=true",
            "influxdb.http.shared-secret=" + Means.SECRET
        })
class RevocationIntegrationTests {

    private static final int ROUNDS = 40;
    private static final int PASSWORD_ROUNDS = 8;
    private static final String DENIED = "{\"error\":\"error authorizing query: joe not authorized to execute statement"
            + " 'SHOW MEASUREMENTS', requires READ on db1\"}";

    @TempDir
    static Path folder;

    private final Api api;
    private final ExecutorService others = Executors.newFixedThreadPool(3);
    private final AtomicBoolean stop = new AtomicBoolean();

    RevocationIntegrationTests(@LocalServerPort int port) {
        this.api = new Api(port);
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @BeforeEach
    void createUsers() {
        must("CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES");
        must("CREATE DATABASE db1");
        must("CREATE USER joe WITH PASSWORD 'first'");
    }

    @AfterEach
    void dropUsers() throws InterruptedException {
        stop.set(true);
        others.shutdown();
        assertThat(others.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        must("DROP USER joe");
    }

    private void must(String statement) {
        Answer answer = api.query(statement, "", Means.JWT, "admin", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("error");
    }

    /** Others send the user's requests all the time; what they get is one of the two answers. */
    private List<Future<Void>> meanwhile(String password) {
        List<Future<Void>> running = new ArrayList<>();
        for (Means means : List.of(Means.BASIC, Means.TOKEN, Means.JWT)) {
            running.add(others.submit(() -> {
                while (!stop.get()) {
                    assertThat(read(means, password).status()).isIn(200, 401, 403);
                }
                return null;
            }));
        }
        return running;
    }

    private void finish(List<Future<Void>> running) throws Exception {
        stop.set(true);
        for (Future<Void> other : running) {
            other.get(30, TimeUnit.SECONDS);
        }
    }

    private Answer read(Means means, String password) {
        return api.query("SHOW MEASUREMENTS", "db1", means, "joe", password);
    }

    @Test
    void grantAndRevokeWhenDoneThenTheNextRequestFollows() throws Exception {
        List<Future<Void>> running = meanwhile("first");
        for (int round = 0; round < ROUNDS; round++) {
            Means means = Means.values()[round % Means.values().length];
            must("GRANT READ ON db1 TO joe");
            assertThat(read(means, "first").status()).isEqualTo(200);
            must("REVOKE READ ON db1 FROM joe");
            assertThat(read(means, "first").body()).isEqualTo(DENIED);
            must("GRANT ALL PRIVILEGES TO joe");
            assertThat(read(means, "first").status()).isEqualTo(200);
            must("REVOKE ALL PRIVILEGES FROM joe");
            assertThat(read(means, "first").body()).isEqualTo(DENIED);
        }
        finish(running);
    }

    @Test
    void setPasswordWhenDoneThenTheOldOneIsRefusedAtOnce() throws Exception {
        must("GRANT READ ON db1 TO joe");
        String old = "first";
        List<Future<Void>> running = meanwhile(old);
        for (int round = 0; round < PASSWORD_ROUNDS; round++) {
            String fresh = "password " + round;
            must("SET PASSWORD FOR joe = '" + fresh + "'");
            Means means = round % 2 == 0 ? Means.BASIC : Means.URL;
            assertThat(read(means, old).body()).isEqualTo("{\"error\":\"authorization failed\"}");
            assertThat(read(means, fresh).status()).isEqualTo(200);
            old = fresh;
        }
        finish(running);
    }

    /** InfluxDB remembers the old password here until it is restarted. */
    @Test
    void dropAndCreateWhenDoneThenNothingOfTheOldUserIsLeft() throws Exception {
        must("GRANT READ ON db1 TO joe");
        List<Future<Void>> running = meanwhile("first");
        for (int round = 0; round < PASSWORD_ROUNDS; round++) {
            must("DROP USER joe");
            assertThat(read(Means.BASIC, "first").body()).isEqualTo("{\"error\":\"authorization failed\"}");
            assertThat(read(Means.JWT, "").body()).isEqualTo("{\"error\":\"user not found\"}");
            must("CREATE USER joe WITH PASSWORD 'second'");
            assertThat(read(Means.BASIC, "first").status()).isEqualTo(401);
            assertThat(read(Means.BASIC, "second").body()).isEqualTo(DENIED);
            must("DROP USER joe");
            must("CREATE USER joe WITH PASSWORD 'first'");
            assertThat(read(Means.JWT, "").body()).isEqualTo(DENIED);
            must("GRANT READ ON db1 TO joe");
            assertThat(read(Means.BASIC, "first").status()).isEqualTo(200);
        }
        finish(running);
    }

    @Test
    void dropDatabaseWhenDoneThenItsGrantsAreGone() {
        must("CREATE DATABASE db2");
        must("GRANT ALL ON db2 TO joe");
        must("DROP DATABASE db2");
        must("CREATE DATABASE db2");
        assertThat(api.query("SHOW MEASUREMENTS", "db2", Means.BASIC, "joe", "first")
                        .status())
                .isEqualTo(403);
        must("DROP DATABASE db2");
    }

    @Test
    void passwordsWhenSentThenStandInNoAnswer() {
        List<String> statements = List.of(
                "CREATE USER x WITH PASSWORD 'Tr0ub4dor'",
                "CREATE USER x WITH PASSWORD 'Tr0ub4dor' WITH ALL PRIVILEGES",
                "SET PASSWORD FOR joe = 'Tr0ub4dor'",
                "set password for \"joe\"='Tr0ub4dor'");
        for (String statement : statements) {
            must("SET PASSWORD FOR joe = 'first'");
            Answer refused = api.query(statement, "", Means.BASIC, "joe", "first");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(everything(refused)).doesNotContain("tr0ub4dor").contains("[redacted]");
            Answer warned = api.send(
                    "GET", "/query?q=" + Api.encode(statement), "", "text/plain", Means.JWT.header("admin", ""));
            assertThat(everything(warned)).doesNotContain("tr0ub4dor");
        }
        must("DROP USER x");
        Answer malformed = api.query("x", "u=admin&p=Tr0ub4dor", "");
        assertThat(malformed.status()).isEqualTo(401);
        assertThat(everything(malformed)).doesNotContain("tr0ub4dor");
    }

    private static String everything(Answer answer) {
        return (answer.body() + answer.response().headers().map()).toLowerCase(Locale.ROOT);
    }
}
