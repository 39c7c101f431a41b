package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryWarmUpTests {

    @TempDir
    private Path directory;

    @Test
    void beginWhenAnEarlierOneWasKilledThenNothingIsLeft() throws IOException {
        Path leftover = directory.resolve("warm-up").resolve("data").resolve("000004.sst");
        Files.createDirectories(leftover.getParent());
        Files.writeString(leftover, "left by a process that was killed");
        QueryWarmUp warmUp = new QueryWarmUp(TestSettings.of("data.dir", directory.toString()));
        warmUp.begin();
        await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(leftover));
        warmUp.end();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(directory).isEmptyDirectory());
    }
}
