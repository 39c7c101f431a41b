package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.BatchPoints;
import org.influxdb.dto.BoundParameterQuery.QueryBuilder;
import org.influxdb.dto.Point;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients as people use them, unchanged, against the jar with authentication on. */
@Tag("integration")
class ClientIntegrationTests {

    private static final Path SHELL = Path.of("/usr/bin/influx");
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path PYTHON_CLIENT = Path.of("/usr/lib/python3/dist-packages/influxdb");

    @TempDir
    private static Path folder;

    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        service = new ServiceProcess(folder, "--influxdb.http.auth-enabled=true");
        service.start();
        assertThat(service.query("", "CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES"))
                .isEqualTo("{\"results\":[{\"statement_id\":0}]}\n");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        return output;
    }

    private static String shell(String statement) throws IOException, InterruptedException {
        return run(
                SHELL.toString(),
                "-host",
                "127.0.0.1",
                "-port",
                String.valueOf(service.port()),
                "-username",
                "admin",
                "-password",
                "secret",
                "-database",
                "shell",
                "-format",
                "csv",
                "-execute",
                statement);
    }

    @Test
    void shellCreatesInsertsSelectsAndShows() throws Exception {
        assumeTrue(Files.exists(SHELL), "no influx shell installed");

        assertThat(shell("CREATE DATABASE shell")).isEmpty();
        assertThat(shell("INSERT cpu,host=a value=1.5 10")).isEmpty();
        assertThat(shell("SELECT * FROM cpu")).isEqualTo("name,time,host,value\ncpu,10,a,1.5\n");
        assertThat(shell("SHOW MEASUREMENTS")).isEqualTo("name,name\nmeasurements,cpu\n");
        assertThat(shell("SELECT nonsense FROM")).contains("error parsing query: found EOF");
    }

    @Test
    void pythonClientWritesAndReads() throws Exception {
        assumeTrue(Files.exists(PYTHON_CLIENT), "no python3-influxdb installed");

        String script = "from influxdb import InfluxDBClient\n"
                + "c = InfluxDBClient('127.0.0.1', " + service.port() + ", 'admin', 'secret', 'python')\n"
                + "c.create_database('python')\n"
                + "c.write_points([{'measurement': 'cpu', 'tags': {'host': 'a'}, 'fields': {'v': 1.5, 's': 'x'},"
                + " 'time': '2020-01-01T00:00:00Z'}])\n"
                + "print(list(c.query('SELECT * FROM cpu').get_points()))\n"
                + "print(list(c.query('SELECT v FROM cpu WHERE v > $x', bind_params={'x': 1}).get_points()))\n"
                + "print(list(c.query('SELECT v FROM cpu', chunked=True, chunk_size=1).get_points()))\n"
                + "c.create_user('bob', 'b'); c.grant_privilege('read', 'python', 'bob')\n"
                + "print(c.get_list_privileges('bob'), c.get_list_measurements(), c.ping())\n";

        assertThat(run(PYTHON.toString(), "-c", script))
                .isEqualTo("[{'time': '2020-01-01T00:00:00Z', 'host': 'a', 's': 'x', 'v': 1.5}]\n"
                        + "[{'time': '2020-01-01T00:00:00Z', 'v': 1.5}]\n"
                        + "[{'time': '2020-01-01T00:00:00Z', 'v': 1.5}]\n"
                        + "[{'database': 'python', 'privilege': 'READ'}] [{'name': 'cpu'}] 1.8.10\n");
    }

    @Test
    void javaClientPingsWritesBatchesAndQueries() throws Exception {
        try (InfluxDB client = InfluxDBFactory.connect(service.url(), "admin", "secret")) {
            assertThat(client.ping().isGood()).isTrue();
            assertThat(client.version()).isEqualTo("1.8.10");
            client.query(new Query("CREATE DATABASE java", "", true));
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                points.add(Point.measurement("cpu")
                        .tag("host", "h" + i % 2)
                        .addField("v", i)
                        .time(i, TimeUnit.MILLISECONDS)
                        .build());
            }
            client.write(BatchPoints.database("java").points(points).build());

            QueryResult counted = client.query(new Query("SELECT count(v) FROM cpu GROUP BY host", "java"));
            assertThat(counted.getResults().get(0).getSeries())
                    .extracting(series -> series.getValues().get(0).get(1))
                    .containsExactly(50.0, 50.0);

            QueryResult bound =
                    client.query(QueryBuilder.newQuery("SELECT v FROM cpu WHERE v >= $least AND host = $host")
                            .forDatabase("java")
                            .bind("least", 98)
                            .bind("host", "h0")
                            .create());
            assertThat(bound.getResults().get(0).getSeries().get(0).getValues()).hasSize(1);

            BlockingQueue<QueryResult> chunks = new LinkedBlockingQueue<>();
            client.query(new Query("SELECT v FROM cpu", "java"), 40, chunks::add);
            int rows = 0;
            QueryResult chunk;
            while ((chunk = chunks.poll(20, TimeUnit.SECONDS)) != null && !"DONE".equals(chunk.getError())) {
                rows += chunk.getResults().get(0).getSeries().get(0).getValues().size();
            }
            assertThat(chunk).as("the last chunk").isNotNull();
            assertThat(rows).isEqualTo(100);
        }
    }
}
