package dev.sluice.system.crash;

import dev.sluice.system.ServiceProcess;
import java.util.function.Consumer;

/**
 * A request and what it changes in the model once it is acknowledged.
 *
 * @param path path and query
 * @param body body of the POST
 * @param effect what the model is afterwards
 */
record Operation(String path, String body, Consumer<WorkerState> effect) {

    static Operation statement(String database, String text, Consumer<WorkerState> effect) {
        return new Operation("/query?db=" + database, "q=" + ServiceProcess.encode(text), effect);
    }
}
