package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.security.Api.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Whoever creates the first admin needs no credentials; there is only one such, however many try at once. */
@Tag("integration")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "influxdb.http.auth-enabled=true"})
class BootstrapIntegrationTests {

    private static final int RIVALS = 8;

    @TempDir
    static Path folder;

    private final Api api;
    private final Users users;
    private final Catalog catalog;

    @Autowired
    BootstrapIntegrationTests(@LocalServerPort int port, Users users, Catalog catalog) {
        this.api = new Api(port);
        this.users = users;
        this.catalog = catalog;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    private List<Answer> createAtOnce(String parameters) throws Exception {
        users.all().forEach(user -> users.drop(user.name()));
        ExecutorService rivals = Executors.newFixedThreadPool(RIVALS);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Answer>> running = new ArrayList<>();
        for (int i = 0; i < RIVALS; i++) {
            String statements =
                    "CREATE USER rival" + i + " WITH PASSWORD 'p' WITH ALL PRIVILEGES; CREATE DATABASE db" + i;
            running.add(rivals.submit(() -> {
                start.await();
                return api.query(statements, parameters, "");
            }));
        }
        start.countDown();
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> each : running) {
            answers.add(each.get(60, TimeUnit.SECONDS));
        }
        rivals.shutdown();
        return answers;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void createUserWhenManyTryAtOnceThenOneBecomesAdmin(int round) throws Exception {
        List<Answer> answers = createAtOnce("");

        assertThat(users.all()).as("round %d", round).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 200)
                .hasSize(1)
                .allSatisfy(answer -> assertThat(answer.body())
                        .isEqualTo("{\"results\":[{\"statement_id\":0},{\"statement_id\":1}]}"));
        assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"error\":\"unable to parse authentication credentials\"}");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"InfluxDB\"");
        });
    }

    @Test
    void createUserWhenNobodyWaitsForTheAnswerThenOneBecomesAdmin() throws Exception {
        createAtOnce("async=true");

        org.awaitility.Awaitility.await().until(users::adminExists);
        Thread.sleep(500);
        assertThat(users.all()).hasSize(1);
    }

    /** Method, path, body and what is answered, while nobody can log in. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    POST   | /api/v1/prom/write?db=d       |                 | user is required to write to database "d"
                    POST   | /api/v2/delete?bucket=d       |                 | delete - user is required to delete from database "d"
                    GET    | /api/v2/buckets               |                 | list buckets - user is required
                    POST   | /api/v2/buckets               | {"name":"x/r"}  | buckets - user is required to to create bucket "x/r"
                    GET    | /api/v2/buckets/d%2Fautogen   |                 | retrieve bucket - user is required to read from database "d"
                    PATCH  | /api/v2/buckets/d%2Fautogen   | {}              | update bucket - user is required to modify database "d"
                    DELETE | /api/v2/buckets/d%2Fautogen   |                 | delete bucket - user is required to delete from database "d"
                    """)
    void routeWhenThereIsNoAdminThenForbidden(String method, String path, @Nullable String body, String refusal) {
        users.all().forEach(user -> users.drop(user.name()));
        catalog.createDatabase("d", null);
        Answer answer = api.send(method, path, body == null ? "" : body, "application/json", "");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + refusal.replace("\"", "\\\"") + "\"}");
        assertThat(catalog.databases()).extracting(Database::name).doesNotContain("x");
    }
}
