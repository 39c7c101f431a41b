package dev.sluice;

import dev.sluice.command.ClientCommands;
import dev.sluice.server.RestoreCommand;
import java.util.Arrays;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/**
 * Starts Sluice. It stands alone in the root package, where the architecture rules begin; everything else lives in a package
 * per feature below, and {@code dev.sluice.server} puts the parts together. Spring looks for beans in the features that may
 * have some: the engine's classes are most of all and have none.
 */
@SpringBootApplication(
        scanBasePackages = {
            "dev.sluice.account",
            "dev.sluice.catalog",
            "dev.sluice.http",
            "dev.sluice.security",
            "dev.sluice.server"
        })
@EntityScan({"dev.sluice.account.jpa", "dev.sluice.catalog.jpa"})
@EnableJpaRepositories({"dev.sluice.account.jpa", "dev.sluice.catalog.jpa"})
public class SluiceApplication {

    private static final String RUN = "run";

    /** Runs the command that the first argument names ({@code help} tells them); the service when there is none. */
    public static void main(String[] args) {
        OptionalInt status = new ClientCommands(System::getenv, System.out, System.err).run(args);
        if (status.isEmpty()) {
            status = RestoreCommand.run(args);
        }
        if (status.isPresent()) {
            System.exit(status.getAsInt());
        }
        boolean named = args.length > 0 && args[0].equals(RUN);
        SpringApplication.run(SluiceApplication.class, named ? Arrays.copyOfRange(args, 1, args.length) : args);
    }
}
