package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.command.ClientCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, restores, exports and imports of the running jar, by the commands an operator uses. */
@Tag("integration")
class BackupIntegrationTests {

    private static final String EVERY_TYPE = """
            cpu\\,1,host=a\\ b,tag\\=x=ü f=1.5,i=-7i,b=true,s="a \\"quoted\\" \\\\ text" 1000000000
            cpu\\,1,host=a\\ b,tag\\=x=ü f=1e-300,s="two
            lines, with = and a # sign" 2000000000
            # no comment
            mem,host=b used=3i -5
            mem used=4i 1700000000000000000
            """.replace("# no comment\n", "");

    private static final String EVERYTHING = "SELECT * FROM /.*/ GROUP BY *";

    @TempDir
    private Path folder;

    @Test
    void aBackupUnderFullLoadHoldsWhatWasAcknowledgedBefore() throws Exception {
        Path origin = Files.createDirectories(folder.resolve("origin"));
        Path copy = Files.createDirectories(folder.resolve("copy"));
        try (ServiceProcess service = new ServiceProcess(origin);
                ServiceProcess restored = new ServiceProcess(copy)) {
            service.start();
            service.query(
                    "",
                    "CREATE DATABASE db; CREATE RETENTION POLICY rp ON db DURATION 520w REPLICATION 1;"
                            + " CREATE USER u WITH PASSWORD 'secret'; GRANT READ ON db TO u");
            assertThat(service.send("POST", "/write?db=db", EVERY_TYPE).statusCode())
                    .isEqualTo(204);
            AtomicLong acknowledged = new AtomicLong();
            AtomicBoolean stopped = new AtomicBoolean();
            Thread writer = new Thread(() -> write(service, acknowledged, stopped));
            writer.start();
            while (acknowledged.get() < 20_000) {
                Thread.sleep(5);
            }
            long before = acknowledged.get();
            assertThat(service.send("POST", "/api/admin/backups?name=first", "").statusCode())
                    .isEqualTo(201);
            long secondBefore = acknowledged.get();
            assertThat(service.send("POST", "/api/admin/backups?name=second", "")
                            .statusCode())
                    .isEqualTo(201);
            long after = acknowledged.get();
            stopped.set(true);
            writer.join();

            assertThat(service.send("GET", "/api/admin/backups", "").body())
                    .isEqualTo("{\"backups\":[\"first\",\"second\"]}\n");
            assertThat(service.send("POST", "/api/admin/backups?name=first", "").body())
                    .contains("there is a backup first already");
            assertThat(service.send("POST", "/api/admin/backups?name=..%2Fescape", "")
                            .statusCode())
                    .isEqualTo(400);
            ServiceProcess.Command done = restored.restore(origin.resolve("backups/second"));
            assertThat(done.status()).as(done.output()).isZero();
            restored.start();

            assertThat(count(restored)).isBetween(secondBefore, after + 5_000);
            assertThat(secondBefore).isGreaterThanOrEqualTo(before);
            String measured = "SELECT * FROM \"cpu,1\", mem GROUP BY *";
            assertThat(restored.query("db", measured)).isEqualTo(service.query("db", measured));
            String definitions = "SHOW RETENTION POLICIES ON db; SHOW USERS; SHOW GRANTS FOR u";
            assertThat(restored.query("db", definitions)).isEqualTo(service.query("db", definitions));
            // Ids go on where they were: a new database and its points do not meet old ones.
            restored.query("", "CREATE DATABASE more; CREATE USER v WITH PASSWORD 'secret'");
            assertThat(restored.send("POST", "/write?db=more", "m v=1 1").statusCode())
                    .isEqualTo(204);
            assertThat(restored.csv("more", "SELECT * FROM m")).contains("m,,1,1");
        }
    }

    private static void write(ServiceProcess service, AtomicLong acknowledged, AtomicBoolean stopped) {
        try {
            for (int batch = 0; !stopped.get(); batch++) {
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < 500; i++) {
                    long number = batch * 500L + i;
                    lines.append("load,series=")
                            .append(number % 97)
                            .append(" v=")
                            .append(number)
                            .append("i ");
                    lines.append(1_700_000_000_000_000_000L + number * 1_000_000)
                            .append('\n');
                }
                if (service.send("POST", "/write?db=db", lines.toString()).statusCode() == 204) {
                    acknowledged.addAndGet(500);
                }
            }
        } catch (IOException | InterruptedException stoppedEarly) {
            Thread.currentThread().interrupt();
        }
    }

    private static long count(ServiceProcess service) throws IOException, InterruptedException {
        String answer = service.csv("db", "SELECT count(v) FROM load");
        return Long.parseLong(answer.strip().replaceAll("(?s).*,", ""));
    }

    @Test
    void archivesAreRestoredUnlessTheyAreDamagedOrSomethingIsThere() throws Exception {
        Path archive = folder.resolve("backup.zip");
        Path origin = Files.createDirectories(folder.resolve("origin"));
        try (ServiceProcess service = new ServiceProcess(origin)) {
            service.start();
            service.query("", "CREATE DATABASE db");
            service.send("POST", "/write?db=db", EVERY_TYPE);
            assertThat(run(service, "backup", "--output", archive.toString())).contains("bytes in " + archive);
            byte[] bytes = Files.readAllBytes(archive);
            bytes[bytes.length / 2] ^= 4;
            Path damaged = Files.write(folder.resolve("damaged.zip"), bytes);
            try (ServiceProcess empty = new ServiceProcess(Files.createDirectories(folder.resolve("empty")))) {
                ServiceProcess.Command refused = empty.restore(damaged);
                assertThat(refused.status()).as(refused.output()).isEqualTo(1);
                assertThat(empty.restore(folder.resolve("nothing")).output()).contains("there is no");
                assertThat(empty.restore(archive).output()).contains("restored the databases [db]");
                assertThat(empty.restore(archive).output()).contains("has databases already");
                empty.start();
                assertThat(empty.query("db", EVERYTHING)).isEqualTo(service.query("db", EVERYTHING));
            }
        }
    }

    @Test
    void aServiceDoesNotStartOverARestoreThatWasInterrupted() throws Exception {
        Path origin = Files.createDirectories(folder.resolve("origin"));
        Path copy = Files.createDirectories(folder.resolve("copy"));
        try (ServiceProcess service = new ServiceProcess(origin);
                ServiceProcess restored = new ServiceProcess(copy)) {
            service.start();
            service.query("", "CREATE DATABASE db");
            service.send("POST", "/write?db=db", EVERY_TYPE);
            service.send("POST", "/api/admin/backups?name=b", "");
            Files.createDirectories(copy.resolve("data"));
            Files.createFile(copy.resolve("data/RESTORE-IS-NOT-COMPLETE"));
            Files.writeString(copy.resolve("data/000042.sst"), "half a file");
            Process refused = restored.launch();
            assertThat(refused.waitFor()).isNotZero();
            assertThat(Files.readString(copy.resolve("service.log"))).contains("a restore into it was begun");

            ServiceProcess.Command again = restored.restore(origin.resolve("backups/b"));
            assertThat(again.status()).as(again.output()).isZero();
            restored.start();
            assertThat(restored.query("db", EVERYTHING)).isEqualTo(service.query("db", EVERYTHING));
        }
    }

    @Test
    void anExportIsImportedAsItWas() throws Exception {
        Path file = folder.resolve("export.gz");
        try (ServiceProcess service = new ServiceProcess(Files.createDirectories(folder.resolve("origin")));
                ServiceProcess other = new ServiceProcess(Files.createDirectories(folder.resolve("other")))) {
            service.start();
            other.start();
            service.query(
                    "",
                    "CREATE DATABASE db WITH DURATION 5200w SHARD DURATION 4w NAME main; CREATE RETENTION POLICY \"a b\" ON db"
                            + " DURATION INF REPLICATION 1; CREATE CONTINUOUS QUERY c ON db BEGIN SELECT mean(f) INTO x FROM y"
                            + " GROUP BY time(1h) END");
            service.send("POST", "/write?db=db", EVERY_TYPE);
            service.send("POST", "/write?db=db&rp=a%20b", "other v=1 1");

            run(service, "export", "-database", "db", "-compress", "-out", file.toString());
            assertThat(run(other, "import", "-path", file.toString(), "-compressed"))
                    .contains("Processed 5 inserts")
                    .contains("Failed 0 inserts");
            assertThat(run(other, "import", "-path", file.toString(), "--database", "copy"))
                    .contains("Failed 0 inserts");

            String definitions = "SHOW RETENTION POLICIES ON db; SHOW CONTINUOUS QUERIES";
            assertThat(other.query("db", "SHOW RETENTION POLICIES ON db"))
                    .isEqualTo(service.query("db", "SHOW RETENTION POLICIES ON db"));
            assertThat(other.query("db", definitions)).contains("mean(f)");
            for (String question : new String[] {EVERYTHING, "SELECT * FROM \"a b\".other", "SHOW FIELD KEYS"}) {
                assertThat(other.query("db", question)).isEqualTo(service.query("db", question));
                assertThat(other.query("copy", question)).isEqualTo(service.query("db", question));
            }
            String range = run(service, "export", "--start", "1970-01-01T00:00:01Z", "--end", "1970-01-01T00:00:01Z");
            assertThat(range).contains("1000000000\n").doesNotContain("used=").doesNotContain(" 2000000000");
            HttpResponse<String> refused = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(service.url() + "/api/admin/export?db=nope"))
                                    .header("Accept-Encoding", "gzip")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("database not found: nope");
            assertThat(run(service, "export", "--database", "nope")).contains("database not found: nope");
        }
    }

    @Test
    void influxsOwnClientImportsAnExport() throws Exception {
        Path influx = Path.of("/usr/bin/influx");
        assumeTrue(Files.isExecutable(influx), "no influx client is installed");
        Path file = folder.resolve("export");
        try (ServiceProcess service = new ServiceProcess(Files.createDirectories(folder.resolve("origin")));
                ServiceProcess other = new ServiceProcess(Files.createDirectories(folder.resolve("other")))) {
            service.start();
            other.start();
            service.query("", "CREATE DATABASE db");
            // The client cuts strings at line feeds, and 1.6 sends unsigned numbers as they are.
            service.send("POST", "/write?db=db", EVERY_TYPE.replace("two\n", "two "));
            run(service, "export", "-out", file.toString());
            Process load = new ProcessBuilder(
                            influx.toString(), "-port", String.valueOf(other.port()), "-import", "-path=" + file)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(load.waitFor()).as(said).isZero();
            assertThat(said).contains("Failed 0 inserts");
            assertThat(other.query("db", EVERYTHING)).isEqualTo(service.query("db", EVERYTHING));
        }
    }

    @Test
    void onlyAdminsGetBackupsAndExports() throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder, "--influxdb.http.auth-enabled=true")) {
            service.start();
            service.query("", "CREATE USER root WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
            service.send(
                    "POST",
                    "/query?u=root&p=secret",
                    "q="
                            + ServiceProcess.encode(
                                    "CREATE USER u WITH PASSWORD 'secret'; CREATE DATABASE db; GRANT ALL ON db TO u"));
            for (String route : new String[] {"/api/admin/backup", "/api/admin/export", "/api/admin/backups"}) {
                assertThat(service.send("GET", route, "").statusCode()).isEqualTo(401);
                assertThat(service.send("GET", route + "?u=u&p=secret", "").statusCode())
                        .isEqualTo(403);
            }
            assertThat(service.send("POST", "/api/admin/backups?name=x&u=u&p=secret", "")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(run(service, "export", "--username", "root", "--password", "secret"))
                    .contains("CREATE DATABASE db");
            assertThat(run(service, "export", "--username", "root", "--password", "wrong"))
                    .contains("401");
        }
    }

    private static String run(ServiceProcess service, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = service.url();
        OptionalInt status = new ClientCommands(name -> null, text, text).run(all);
        assertThat(status).as("%s", out).isPresent();
        return out.toString(StandardCharsets.UTF_8);
    }
}
