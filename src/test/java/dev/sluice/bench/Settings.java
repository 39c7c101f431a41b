package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to run, as the command line says it.
 *
 * @param scale how many hosts, each of which is a series
 * @param hours of data, one row per host every 10 s
 * @param valueType what the values are
 * @param rowsPerRequest rows of a write request
 * @param connections that load at the same time
 * @param rounds how often every server is loaded, in turn
 * @param warmUpSeconds how long all types of queries are asked of a server before they are measured
 * @param querySeconds how long each type of query is repeated; 0 for no queries
 * @param gzip whether bodies are compressed
 * @param settleSeconds between the load and what follows, for work in the background
 */
record Settings(
        int scale,
        double hours,
        ValueType valueType,
        int rowsPerRequest,
        int connections,
        int rounds,
        double warmUpSeconds,
        double querySeconds,
        boolean gzip,
        int settleSeconds,
        List<Target> targets) {

    static final String USAGE = """
            usage: bench/run [option ...] NAME=URL[,key=value ...] ...

            options:
              --scale N          hosts, each of which is a series (100)
              --hours H          of data, a row per host every 10 s (24)
              --values TYPE      integer, decimal (four places) or float (integer)
              --batch N          rows per write request (5000)
              --connections N    that load at the same time (2)
              --rounds N         loads of every server, in turn; medians count (1)
              --warm-up S        seconds of all types of queries before they are measured (10)
              --query-seconds S  how long each type of query is repeated; 0 for no queries (1)
              --settle S         seconds between load and queries or the count of bytes (5)
              --gzip             compress the bodies of writes

            keys of a server:
              pid=N              its process, for the peak of its resident memory
              dir=PATH           its data, for the bytes on disk
              user=NAME:PASSWORD credentials, sent as Basic
              token=JWT          credentials, sent as Bearer
              queries=no         the server speaks no InfluxQL and is only loaded

            The database "benchmark" is dropped and made anew. Answers are compared with those of the first server.
            """;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    static Settings parse(String[] arguments) {
        int scale = 100;
        double hours = 24;
        ValueType valueType = ValueType.INTEGER;
        int batch = 5_000;
        int connections = 2;
        int rounds = 1;
        double warmUp = 10;
        double querySeconds = 1;
        boolean gzip = false;
        int settle = 5;
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--scale" -> scale = Integer.parseInt(value(arguments, ++i));
                case "--hours" -> hours = Double.parseDouble(value(arguments, ++i));
                case "--values" -> valueType = ValueType.parse(value(arguments, ++i));
                case "--batch" -> batch = Integer.parseInt(value(arguments, ++i));
                case "--connections" -> connections = Integer.parseInt(value(arguments, ++i));
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--warm-up" -> warmUp = Double.parseDouble(value(arguments, ++i));
                case "--query-seconds" -> querySeconds = Double.parseDouble(value(arguments, ++i));
                case "--settle" -> settle = Integer.parseInt(value(arguments, ++i));
                case "--gzip" -> gzip = true;
                default -> targets.add(Target.parse(arguments[i]));
            }
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("no server named");
        }
        return new Settings(
                scale,
                hours,
                valueType,
                batch,
                connections,
                rounds,
                warmUp,
                querySeconds,
                gzip,
                settle,
                List.copyOf(targets));
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " takes a value");
        }
        return arguments[index];
    }

    int rows() {
        return (int) Math.round(hours * 360) * scale;
    }

    long values() {
        return (long) rows() * CpuData.FIELDS.size();
    }

    /** The header that compressed bodies take; null when they are not. */
    @Nullable
    String contentEncoding() {
        return gzip ? "gzip" : null;
    }
}
