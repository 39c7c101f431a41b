package dev.sluice.system;

import dev.sluice.system.crash.CrashRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the jar with SIGKILL again and again, under load and while it starts. Afterwards everything that was acknowledged
 * is there, nothing that was removed is back, and every start succeeds. {@code -Dcrash.kills} and {@code -Dcrash.seed}
 * set how often and what is drawn.
 */
@Tag("integration")
class CrashIntegrationTests {

    private static final int KILLS = Integer.getInteger("crash.kills", 50);
    private static final long SEED = Long.getLong("crash.seed", 20_161_101);

    @TempDir
    private Path folder;

    @Test
    void killLosesNothingAcknowledgedAndBringsNothingBack() throws Exception {
        CrashRun.run(folder, KILLS, SEED);
    }
}
