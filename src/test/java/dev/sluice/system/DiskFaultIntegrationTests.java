package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The jar over a disk that fills up, fails to write or fails to sync, which a preloaded library plays; it is compiled
 * here. Without a C compiler the test is skipped.
 */
@Tag("integration")
class DiskFaultIntegrationTests {

    private static final Path COMPILER = Path.of("/usr/bin/gcc");
    private static final Path SOURCE = Path.of("src/test/c/disk_faults.c");

    @TempDir
    private static Path folder;

    private static Path fault;
    private static ServiceProcess service;
    private static int points;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.exists(COMPILER), "no gcc installed");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "no Linux");
        Path library = folder.resolve("disk_faults.so");
        Process compiler = new ProcessBuilder(
                        COMPILER.toString(), "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl")
                .inheritIO()
                .start();
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).isZero();
        fault = folder.resolve("fault");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        service = new ServiceProcess(disk)
                .withVariable("LD_PRELOAD", library.toString())
                .withVariable("DISK_FAULT", fault.toString())
                .withVariable("DISK_FAULT_BELOW", disk.toString());
        service.start();
        assertThat(service.query("", "CREATE DATABASE d")).doesNotContain("error");
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.close();
        }
    }

    private static int write(String measurement) throws IOException, InterruptedException {
        return service.send("POST", "/write?db=d", measurement + " v=1 " + (1 + points++))
                .statusCode();
    }

    private static int health() throws IOException, InterruptedException {
        return service.send("GET", "/health", "").statusCode();
    }

    private static String measurements() throws IOException, InterruptedException {
        return service.query("d", "SHOW MEASUREMENTS");
    }

    /** 5 is EIO, 28 is ENOSPC. */
    @ParameterizedTest
    @CsvSource({"sync,5", "write,28", "write,5", "all,28"})
    void diskWhenItFailsThenNothingIsAcknowledgedAndTheServiceRecovers(String call, int error) throws Exception {
        String name = call + error;
        assertThat(write(name + "_before")).isEqualTo(204);

        Files.writeString(fault, call + " " + error);
        assertThat(write(name + "_during")).isEqualTo(500);
        assertThat(write(name + "_refused")).isEqualTo(500);
        assertThat(service.send("GET", "/health", "").body())
                .contains("\"status\":\"fail\"")
                .contains("writing points");
        assertThat(health()).isEqualTo(503);
        assertThat(measurements()).as("reading goes on").contains(name + "_before");
        assertThat(service.query("d", "SELECT count(v) FROM " + name + "_before"))
                .contains("[0,1]");

        Files.delete(fault);
        await().atMost(Duration.ofSeconds(30)).until(() -> health() == 200);
        assertThat(write(name + "_after")).isEqualTo(204);

        checkKept(name);
        service.kill();
        service.start();
        checkKept(name);
    }

    private static void checkKept(String name) throws Exception {
        assertThat(measurements())
                .contains(name + "_before")
                .contains(name + "_after")
                .doesNotContain(name + "_refused");
    }
}
