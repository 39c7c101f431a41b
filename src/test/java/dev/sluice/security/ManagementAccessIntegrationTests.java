package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.SluiceApplication;
import dev.sluice.account.Users;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Health and metrics are free on the operator's port; the API is as closed there as on its own. */
@Tag("integration")
class ManagementAccessIntegrationTests {

    @TempDir
    Path folder;

    private ConfigurableApplicationContext start() {
        ConfigurableApplicationContext service = new SpringApplicationBuilder(SluiceApplication.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--management.server.port=0",
                        "--influxdb.meta.dir=" + folder.resolve("meta"),
                        "--influxdb.data.dir=" + folder.resolve("data"),
                        "--influxdb.data.wal-dir=" + folder.resolve("wal"),
                        "--influxdb.http.auth-enabled=true");
        service.getBean(Users.class).create("admin", "admin", true);
        return service;
    }

    private static Api api(ConfigurableApplicationContext service, String port) {
        return new Api(service.getEnvironment().getRequiredProperty(port, Integer.class));
    }

    private static int status(Api api, String path, String authorization) {
        return api.send("GET", path, "", "text/plain", authorization).status();
    }

    @Test
    void endpointsWhenOnTheirOwnPortThenAreFreeThereAndNowhereElse() {
        try (ConfigurableApplicationContext service = start()) {
            Api management = api(service, "local.management.port");
            assertThat(status(management, "/actuator/health", "")).isEqualTo(200);
            assertThat(status(management, "/actuator/prometheus", "")).isEqualTo(200);
            assertThat(status(management, "/actuator/env", "")).isEqualTo(404);
            assertThat(status(management, "/query?q=SHOW+USERS", "")).isNotEqualTo(200);
            Api clients = api(service, "local.server.port");
            assertThat(status(clients, "/actuator/health", "")).isEqualTo(404);
        }
    }
}
