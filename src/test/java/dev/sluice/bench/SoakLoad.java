package dev.sluice.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A steady mixed load on a service of this machine: batches of points over thousands of series, some of them written twice,
 * queries as a dashboard asks them, deletes that keep the number of points as it is, databases, users and continuous
 * queries that come and go. Prints what the process takes, minute by minute; what does not stay flat is a leak.
 */
public final class SoakLoad {

    private static final int SERIES = 5_000;
    private static final int POINTS_A_BATCH = 1_000;
    private static final int BATCHES_A_SECOND = 10;
    private static final int QUERIES_A_SECOND = 20;
    private static final String KEPT = "3m";

    private static final Pattern HEAP = Pattern.compile("\"HeapAlloc\":(\\d+)");
    private static final Pattern THREADS = Pattern.compile("\"NumGoroutine\":(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private static final List<String> QUERIES = List.of(
            "SELECT mean(v) FROM soak.autogen.m WHERE time > now() - 1m GROUP BY time(10s), zone",
            "SELECT last(v) FROM soak.autogen.m WHERE host = 'h17' GROUP BY *",
            "SELECT * FROM soak.autogen.m WHERE host =~ /^h1..$/ AND time > now() - 20s LIMIT 500",
            "SELECT percentile(v, 95), count(w) FROM soak.autogen.m GROUP BY zone",
            "SELECT derivative(mean(v), 1s) FROM soak.autogen.m WHERE time > now() - 2m GROUP BY time(5s) fill(previous)",
            "SHOW TAG VALUES ON soak WITH KEY = zone",
            "SHOW SERIES CARDINALITY ON soak",
            "SHOW STATS");

    private final Target target;
    private final LongAdder points = new LongAdder();
    private final LongAdder queries = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean ended;

    private SoakLoad(Target target) {
        this.target = target;
    }

    /** Something that is done at a pace. */
    private interface Step {
        void run(HttpConnection connection, long number) throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            System.err.println("usage: bench/soak [MINUTES [PORT]]");
            System.exit(2);
        }
        new SoakLoad(Target.parse("sluice=" + arguments[0]))
                .run(Long.parseLong(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
    }

    private void run(long process, Path folder, int minutes) throws Exception {
        try (HttpConnection connection = new HttpConnection(target)) {
            statement(connection, "CREATE DATABASE soak");
        }
        Random random = new Random(7);
        List<Thread> threads = new ArrayList<>();
        threads.add(start(BATCHES_A_SECOND, (connection, number) -> write(connection, random)));
        threads.add(start(QUERIES_A_SECOND, this::ask));
        threads.add(start(1, this::change));
        System.out.println(
                "| minute | points | queries | failures | resident MB | heap MB, lowest | threads | open files |"
                        + " disk MB |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        try (HttpConnection connection = new HttpConnection(target)) {
            for (int minute = 1; minute <= minutes; minute++) {
                long heap = Long.MAX_VALUE;
                String figures = "";
                for (int second = 0; second < 60; second++) {
                    Thread.sleep(1000);
                    figures = connection.get("/debug/vars").text();
                    heap = Math.min(heap, number(HEAP, figures));
                }
                String status = Files.readString(Path.of("/proc/" + process + "/status"));
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %d | %d | %d | %d | %d | %d | %d |%n",
                        minute,
                        points.sum(),
                        queries.sum(),
                        failures.sum(),
                        number(RESIDENT, status) >> 10,
                        heap >> 20,
                        number(THREADS, figures),
                        entries(Path.of("/proc/" + process + "/fd")),
                        bytes(folder) >> 20);
            }
        }
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private Thread start(int perSecond, Step step) {
        Thread thread = new Thread(() -> {
            try (HttpConnection connection = new HttpConnection(target)) {
                long begin = System.nanoTime();
                for (long number = 0; !ended; number++) {
                    long left = begin + number * 1_000_000_000L / perSecond - System.nanoTime();
                    if (left > 0) {
                        Thread.sleep(left / 1_000_000);
                    }
                    step.run(connection, number);
                }
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    /** Every fourth point is one that was written before. */
    private void write(HttpConnection connection, Random random) throws IOException {
        long now = System.currentTimeMillis();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < POINTS_A_BATCH; i++) {
            int series = random.nextInt(SERIES);
            long time = random.nextInt(4) == 0 ? now / 10_000 * 10_000 : now - i;
            lines.append("m,host=h")
                    .append(series)
                    .append(",zone=z")
                    .append(series % 7)
                    .append(" v=")
                    .append(random.nextInt(1000) / 10.0)
                    .append(",w=")
                    .append(random.nextInt(100))
                    .append("i,s=\"")
                    .append(series % 13)
                    .append("\" ")
                    .append(time)
                    .append('\n');
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.US_ASCII);
        note(connection.post("/write?db=soak&precision=ms", body, null), 204);
        points.add(POINTS_A_BATCH);
    }

    private void ask(HttpConnection connection, long number) throws IOException {
        statement(connection, QUERIES.get((int) (number % QUERIES.size())));
        queries.increment();
    }

    /** A minute's worth of changes, one a second. */
    private void change(HttpConnection connection, long number) throws IOException {
        long round = number / 12;
        String name = "scratch" + round;
        switch ((int) (number % 12)) {
            case 0 -> statement(connection, "DELETE FROM m WHERE time < now() - " + KEPT);
            case 1 -> statement(connection, "CREATE DATABASE " + name);
            case 2, 3 ->
                note(
                        connection.post(
                                "/write?db=" + name,
                                ("t,a=" + number + " v=1").getBytes(StandardCharsets.US_ASCII),
                                null),
                        204);
            case 4 ->
                statement(
                        connection,
                        "CREATE CONTINUOUS QUERY c ON " + name
                                + " BEGIN SELECT mean(v) INTO u FROM t GROUP BY time(1s) END");
            case 5 -> statement(connection, "CREATE USER " + name + " WITH PASSWORD 'x'");
            case 6 -> statement(connection, "GRANT READ ON " + name + " TO " + name);
            case 7 ->
                statement(
                        connection,
                        "SELECT max(v) INTO " + name + ".autogen.copy FROM " + name + ".autogen.t GROUP BY a");
            case 8 -> statement(connection, "SHOW MEASUREMENTS ON " + name);
            case 9 -> statement(connection, "DROP USER " + name);
            case 10 -> statement(connection, "DROP DATABASE " + name);
            default -> statement(connection, "DROP SERIES FROM m WHERE host = 'h" + number % SERIES + "'");
        }
    }

    private void statement(HttpConnection connection, String text) throws IOException {
        note(
                connection.post(
                        "/query?db=soak&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8), new byte[0], null),
                200);
    }

    private void note(HttpConnection.Answer answer, int status) {
        if (answer.status() != status || answer.text().contains("\"error\"")) {
            failures.increment();
            System.err.println(answer.status() + " " + answer.text());
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    private static long bytes(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                sum += Files.isRegularFile(file) ? size(file) : 0;
            }
        }
        return sum;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException removedMeanwhile) {
            return 0;
        }
    }
}
