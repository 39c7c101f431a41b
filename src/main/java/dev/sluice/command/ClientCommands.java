package dev.sluice.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Finds and runs the command that the arguments of the jar mean. */
public final class ClientCommands {

    private static final String USAGE = """
            backup  [--url URL] [--username U --password P | --token T] [--output FILE | --name NAME]
              writes a backup of the whole service to FILE (a ZIP archive), or lets the service make one
              called NAME in its own folder (influxdb.backup.dir)
            restore --from FILE-OR-FOLDER [--influxdb.data.dir=… and other settings of the service]
              puts a backup into the folders and the metadata database of a service that is not running
            export  [--url URL] [--username U --password P | --token T] [--database DB] [--retention RP]
                    [--start TIME] [--end TIME] [--compress] [--out FILE]
              writes databases as line protocol, in the format of influx_inspect export
            import  --path FILE [--url URL] [--username U --password P | --token T] [--database DB]
                    [--compressed] [--precision P] [--pps N] [--batch LINES]
              reads such a file; --database gives its points and definitions another database
            version
              tells the version
            run     [--influxdb.http.bind-address=… and other settings of the service]
              starts the service, as settings alone do
            The variables INFLUX_USERNAME and INFLUX_PASSWORD stand in for --username and --password.""";

    /** What the jar does itself: the service, and what needs parts of it. */
    private static final Set<String> OTHERS = Set.of("run", "restore");

    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final UnaryOperator<String> environment;
    private final PrintStream out;
    private final PrintStream progress;

    /**
     * Commands.
     *
     * @param environment variables by name
     * @param out where exports without a file go
     * @param progress where everything else is said
     */
    public ClientCommands(UnaryOperator<String> environment, PrintStream out, PrintStream progress) {
        this.environment = environment;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Runs the command that the first argument names, as with {@code influxd}; the exit status, or nothing when that is no
     * command for a running service or its files of exports.
     */
    public OptionalInt run(String[] arguments) {
        if (arguments.length == 0) {
            return OptionalInt.empty();
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        try {
            switch (arguments[0]) {
                case "backup" -> backup(rest);
                case "export" -> export(rest);
                case "import" -> {
                    return OptionalInt.of(load(rest) ? 0 : FAILED);
                }
                case "help", "--help", "-help", "-h" -> progress.println(USAGE);
                case "version", "--version", "-version", "-v" -> out.println("Sluice v" + version());
                default -> {
                    if (arguments[0].startsWith("-") || OTHERS.contains(arguments[0])) {
                        return OptionalInt.empty();
                    }
                    progress.println("unknown command \"" + arguments[0] + "\"; help tells them");
                    return OptionalInt.of(MISUSED);
                }
            }
            return OptionalInt.of(0);
        } catch (UsageException refused) {
            progress.println(arguments[0] + ": " + refused.getMessage());
            return OptionalInt.of(MISUSED);
        } catch (IOException failed) {
            progress.println(arguments[0] + ": " + failed);
            return OptionalInt.of(FAILED);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OptionalInt.of(FAILED);
        }
    }

    /** Only a jar knows it. */
    private static String version() {
        String known = ClientCommands.class.getPackage().getImplementationVersion();
        return known == null ? "unknown" : known;
    }

    private void backup(List<String> arguments) throws IOException, InterruptedException {
        Options options = Options.read(arguments, and(Service.OPTIONS, "output", "name"), Set.of());
        Service service = Service.of(options, environment);
        String name = options.value("name", "");
        if (!name.isEmpty()) {
            progress.print(service.post("/api/admin/backups", Map.of("name", name), "text/plain", new byte[0]));
            return;
        }
        Path file = Path.of(options.value("output", "sluice-backup-" + FILE_TIME.format(Instant.now()) + ".zip"));
        try (InputStream archive = service.get("/api/admin/backup", Map.of())) {
            progress.println(copy(archive, file) + " bytes in " + file);
        }
    }

    private void export(List<String> arguments) throws IOException, InterruptedException {
        Options options = Options.read(
                arguments, and(Service.OPTIONS, "database", "retention", "start", "end", "out"), Set.of("compress"));
        Map<String, String> parameters = Map.of(
                "db", options.value("database", ""),
                "rp", options.value("retention", ""),
                "start", options.value("start", ""),
                "end", options.value("end", ""));
        boolean compresses = options.isSet("compress");
        String file = options.value("out", "");
        try (InputStream lines = Service.of(options, environment).get("/api/admin/export", parameters)) {
            if (file.isEmpty()) {
                OutputStream target = compresses ? new GZIPOutputStream(out) : out;
                lines.transferTo(target);
                if (target instanceof GZIPOutputStream compressed) {
                    compressed.finish();
                }
                out.flush();
                return;
            }
            Path unfinished = Path.of(file + ".unfinished");
            try (OutputStream plain = Files.newOutputStream(unfinished);
                    OutputStream target = compresses ? new GZIPOutputStream(plain) : plain) {
                lines.transferTo(target);
            }
            Files.move(unfinished, Path.of(file), StandardCopyOption.REPLACE_EXISTING);
            progress.println("exported to " + file);
        }
    }

    private boolean load(List<String> arguments) throws IOException, InterruptedException {
        Options options = Options.read(
                arguments, and(Service.OPTIONS, "path", "database", "precision", "pps", "batch"), Set.of("compressed"));
        String path = options.value("path", "");
        if (path.isEmpty()) {
            throw new UsageException("option --path is needed");
        }
        Import load = new Import(
                Service.of(options, environment),
                options.value("database", ""),
                options.value("precision", "ns"),
                number(options, "batch", 5_000),
                number(options, "pps", 0),
                progress);
        return load.run(Path.of(path), options.isSet("compressed"));
    }

    private static int number(Options options, String name, int otherwise) {
        try {
            return Integer.parseInt(options.value(name, String.valueOf(otherwise)));
        } catch (NumberFormatException malformed) {
            throw new UsageException("option --" + name + " is no number: " + options.value(name, ""));
        }
    }

    /** Writes a file that is whole or not there. */
    private static long copy(InputStream in, Path file) throws IOException {
        Path unfinished = Path.of(file + ".unfinished");
        long size = Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        return size;
    }

    private static Set<String> and(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(List.of(more));
        return all;
    }
}
