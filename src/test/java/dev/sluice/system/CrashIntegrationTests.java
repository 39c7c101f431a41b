package dev.sluice.system;

import dev.sluice.system.crash.CrashRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the jar with SIGKILL again and again, under load and while it starts. Afterwards everything that was acknowledged
 * is there, nothing that was removed is back, and every start succeeds. {@code -Dcrash.kills} and {@code -Dcrash.seed}
 * set how often and what is drawn, {@code -Dcrash.services} how many services share the kills, at the same time.
 */
@Tag("integration")
class CrashIntegrationTests {

    private static final int KILLS = Integer.getInteger("crash.kills", 50);
    private static final int SERVICES = Integer.getInteger("crash.services", 1);
    private static final long SEED = Long.getLong("crash.seed", 20_161_101);

    @TempDir
    private Path folder;

    @Test
    void killLosesNothingAcknowledgedAndBringsNothingBack() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SERVICES);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < SERVICES; i++) {
                Path own = Files.createDirectories(folder.resolve("service" + i));
                int kills = KILLS / SERVICES + (i < KILLS % SERVICES ? 1 : 0);
                long seed = SEED + i;
                runs.add(threads.submit(() -> {
                    CrashRun.run(own, kills, seed);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
