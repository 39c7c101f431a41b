package dev.sluice.server;

import dev.sluice.backup.BackupException;
import dev.sluice.backup.MetadataDump;
import dev.sluice.backup.Restore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The command {@code restore} of the jar: puts a backup into the folders and the metadata database that the settings name. */
public final class RestoreCommand {

    private static final String NAME = "restore";
    private static final String FROM = "--from";

    private RestoreCommand() {}

    /** Runs the command when the arguments mean it; its exit status. */
    public static OptionalInt run(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals(NAME)) {
            return OptionalInt.empty();
        }
        List<String> settings = new ArrayList<>();
        String from = "";
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i].replaceFirst("^-from\\b", FROM);
            if (argument.equals(FROM) && i + 1 < arguments.length) {
                from = arguments[++i];
            } else if (argument.startsWith(FROM + "=")) {
                from = argument.substring(FROM.length() + 1);
            } else {
                settings.add(arguments[i]);
            }
        }
        if (from.isEmpty()) {
            System.err.println("restore: option --from is needed");
            return OptionalInt.of(2);
        }
        return OptionalInt.of(restore(Path.of(from), settings));
    }

    private static int restore(Path from, List<String> settings) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .properties("logging.level.root=warn")
                .run(settings.toArray(String[]::new))) {
            InfluxProperties.Data data = context.getBean(InfluxProperties.class).data();
            new Restore(
                            Path.of(data.dir()),
                            Path.of(data.walDir()),
                            new MetadataDump(context.getBean(DataSource.class)),
                            System.err::println)
                    .run(from);
            return 0;
        } catch (BackupException refused) {
            System.err.println("restore: " + refused.getMessage());
        } catch (IOException failed) {
            System.err.println("restore: " + failed);
        }
        return 1;
    }

    /**
     * What a restore needs of the service: its settings, and its metadata database with all tables. It is no {@code @Configuration}, or
     * the service would find it too.
     */
    @EnableConfigurationProperties(InfluxProperties.class)
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class Parts {

        @Bean
        MetadataConnection metadataConnection(DataSourceProperties configured, InfluxProperties properties) {
            return MetadataConnection.of(configured, Path.of(properties.meta().dir()));
        }
    }
}
