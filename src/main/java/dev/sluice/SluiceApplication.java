package dev.sluice;

import dev.sluice.command.ClientCommands;
import dev.sluice.server.RestoreCommand;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts Sluice. It stands alone in the root package so that component scanning and the architecture rules both begin
 * here; everything else lives in a package per feature below, and {@code dev.sluice.server} puts the parts together.
 */
@SpringBootApplication
public class SluiceApplication {

    /** Runs the command that the first argument names ({@code help} tells them), or else the service. */
    public static void main(String[] args) {
        OptionalInt status = new ClientCommands(System::getenv, System.out, System.err).run(args);
        if (status.isEmpty()) {
            status = RestoreCommand.run(args);
        }
        if (status.isPresent()) {
            System.exit(status.getAsInt());
        }
        SpringApplication.run(SluiceApplication.class, args);
    }
}
