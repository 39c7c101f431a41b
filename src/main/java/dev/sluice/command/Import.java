package dev.sluice.command;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.zip.GZIPInputStream;

/**
 * Reads a file in the format of {@code influx_inspect export} into a service ("Import and export with the influx CLI", 1.x):
 * statements after {@code # DDL}, points after {@code # DML}, and comments that say which database and policy the points are for.
 * Unlike {@code influx -import} it takes strings that go over several lines.
 */
final class Import {

    private static final String DATABASE = "# CONTEXT-DATABASE:";
    private static final String POLICY = "# CONTEXT-RETENTION-POLICY:";
    private static final int REPORT_EVERY = 100_000;

    private final Service service;
    private final String otherDatabase;
    private final String precision;
    private final int batchLines;
    private final int pointsPerSecond;
    private final PrintStream progress;
    private final StringBuilder batch = new StringBuilder();
    private final long begun = System.nanoTime();
    private int batchSize;
    private String database = "";
    private String policy = "";
    private long statements;
    private long points;
    private long failed;
    private long reported;

    /**
     * An import.
     *
     * @param otherDatabase takes the place of the file's databases; empty to leave them
     * @param batchLines points of one request
     * @param pointsPerSecond at most; 0 for no limit
     */
    Import(
            Service service,
            String otherDatabase,
            String precision,
            int batchLines,
            int pointsPerSecond,
            PrintStream progress) {
        this.service = service;
        this.otherDatabase = otherDatabase;
        this.precision = precision;
        this.batchLines = Math.max(1, batchLines);
        this.pointsPerSecond = pointsPerSecond;
        this.progress = progress;
    }

    /** Reads a file; false when some of its points or statements were refused. */
    boolean run(Path file, boolean compressed) throws IOException, InterruptedException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream plain = compressed || isGzip(raw) ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            boolean defines = false;
            for (String line; (line = reader.readLine()) != null; ) {
                if (line.startsWith("#")) {
                    defines = line.startsWith("# DDL") || defines && !line.startsWith("# DML");
                    useContext(line);
                } else if (defines && !line.isBlank()) {
                    define(line);
                } else if (!line.isBlank()) {
                    addPoint(whole(line, reader));
                }
            }
            send();
        }
        progress.println("Processed " + statements + " commands");
        progress.println("Processed " + points + " inserts");
        progress.println("Failed " + failed + " inserts");
        return failed == 0;
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean isGzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return isGzip;
    }

    private void useContext(String comment) throws IOException, InterruptedException {
        if (comment.startsWith(DATABASE)) {
            send();
            database = comment.substring(DATABASE.length()).strip();
        } else if (comment.startsWith(POLICY)) {
            send();
            policy = comment.substring(POLICY.length()).strip();
        }
    }

    private void define(String statement) throws IOException, InterruptedException {
        String wanted = otherDatabase.isEmpty() ? statement : Renaming.of(statement, otherDatabase);
        statements++;
        try {
            byte[] form = ("q=" + Service.encode(wanted)).getBytes(StandardCharsets.US_ASCII);
            String answer = service.post("/query", Map.of(), "application/x-www-form-urlencoded", form);
            if (answer.contains("\"error\"")) {
                progress.println("error: " + wanted + ": " + answer.strip());
                failed++;
            }
        } catch (UsageException refused) {
            progress.println("error: " + wanted + ": " + refused.getMessage());
            failed++;
        }
    }

    /** A line with those that follow it, when a string goes on there. */
    private static String whole(String first, BufferedReader reader) throws IOException {
        if (!Quotes.areOpen(first)) {
            return first;
        }
        StringBuilder whole = new StringBuilder(first);
        for (String next; Quotes.areOpen(whole) && (next = reader.readLine()) != null; ) {
            whole.append('\n').append(next);
        }
        return whole.toString();
    }

    private void addPoint(String line) throws IOException, InterruptedException {
        batch.append(line).append('\n');
        if (++batchSize >= batchLines) {
            send();
        }
    }

    private void send() throws IOException, InterruptedException {
        if (batchSize == 0) {
            return;
        }
        pause();
        String target = otherDatabase.isEmpty() ? database : otherDatabase;
        try {
            service.post(
                    "/write",
                    Map.of("db", target, "rp", policy, "precision", precision),
                    "text/plain",
                    batch.toString().getBytes(StandardCharsets.UTF_8));
        } catch (UsageException refused) {
            progress.println("error: writing to " + target + ": " + refused.getMessage());
            failed += batchSize;
        }
        points += batchSize;
        batch.setLength(0);
        batchSize = 0;
        if (points - reported >= REPORT_EVERY) {
            reported = points;
            progress.println("Processed " + points + " inserts, " + perSecond() + " a second");
        }
    }

    private long perSecond() {
        return points * 1_000_000_000L / Math.max(1, System.nanoTime() - begun);
    }

    private void pause() throws InterruptedException {
        if (pointsPerSecond > 0) {
            long due = begun + points * 1_000_000_000L / pointsPerSecond;
            long left = due - System.nanoTime();
            if (left > 0) {
                Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
    }

    /** Definitions for another database than the one they name. */
    static final class Renaming {

        private static final String NAME = "(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s;.]+)";

        private Renaming() {}

        static String of(String statement, String database) {
            String quoted = '"' + database.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            String replacement = "$1" + Matcher.quoteReplacement(quoted);
            if (statement.matches("(?is)\\s*CREATE\\s+DATABASE\\s.*")) {
                return statement.replaceFirst("(?i)(CREATE\\s+DATABASE\\s+)" + NAME, replacement);
            }
            if (statement.matches("(?is)\\s*CREATE\\s+(RETENTION\\s+POLICY|CONTINUOUS\\s+QUERY)\\s.*")) {
                return statement.replaceFirst("(?i)(\\sON\\s+)" + NAME, replacement);
            }
            return statement;
        }
    }
}
