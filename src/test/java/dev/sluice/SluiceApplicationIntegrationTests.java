package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Starts the whole service on free ports over an empty folder. */
@Tag("integration")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class SluiceApplicationIntegrationTests {

    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @Test
    void startsOnJettyWithManagementOnItsOwnPort(
            @Autowired ServletWebServerApplicationContext context,
            @LocalServerPort int port,
            @LocalManagementPort int managementPort) {
        assertThat(context.getWebServer()).isInstanceOf(JettyWebServer.class);
        assertThat(managementPort).isPositive().isNotEqualTo(port);
    }

    @Test
    void keepsMetadataInTheConfiguredFolder() {
        assertThat(folder.resolve("meta")).isDirectoryContaining("glob:**/sluice.mv.db");
    }
}
