package dev.sluice.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A running server: what the benchmark does with it. */
final class Server {

    private static final String DATABASE = "benchmark";
    private static final String WRITE_PATH = "/write?db=" + DATABASE;

    private final Target target;

    Server(Target target) {
        this.target = target;
    }

    String name() {
        return target.name();
    }

    boolean answersQueries() {
        return target.answersQueries();
    }

    /** Drops what an earlier run has left behind. */
    void reset() throws IOException {
        if (!target.answersQueries()) {
            return;
        }
        try (HttpConnection connection = new HttpConnection(target)) {
            for (String statement : List.of("DROP DATABASE " + DATABASE, "CREATE DATABASE " + DATABASE)) {
                check(connection.post("/query?q=" + escape(statement), new byte[0], null), 200);
            }
        }
    }

    /** Writes all bodies over some connections at the same time; how long each request took, and all of them. */
    Timings load(List<byte[]> bodies, Settings settings) throws IOException {
        return concurrently(settings.connections(), (connection, worker, timings) -> {
            for (int i = worker; i < bodies.size(); i += settings.connections()) {
                long start = System.nanoTime();
                check(connection.post(WRITE_PATH, bodies.get(i), settings.contentEncoding()), 204);
                timings.add(System.nanoTime() - start);
            }
        });
    }

    /** Asks the same question over some connections at the same time, for a while. */
    Timings ask(String query, int connections, double seconds) throws IOException {
        String path = queryPath(query);
        return concurrently(connections, (connection, worker, timings) -> {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            for (long now = System.nanoTime(); now < end; ) {
                check(connection.get(path), 200);
                long done = System.nanoTime();
                timings.add(done - now);
                now = done;
            }
        });
    }

    private static String queryPath(String query) {
        return "/query?db=" + DATABASE + "&epoch=ns&q=" + escape(query);
    }

    /** Asks every question once per pass, until the time is over but at least twice. */
    Timings askInTurn(List<String> queries, double seconds) throws IOException {
        return concurrently(1, (connection, worker, timings) -> {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            for (int pass = 0; pass < 2 || System.nanoTime() < end; pass++) {
                for (String query : queries) {
                    long start = System.nanoTime();
                    check(connection.get(queryPath(query)), 200);
                    timings.add(System.nanoTime() - start);
                }
            }
        });
    }

    String answer(String query) throws IOException {
        try (HttpConnection connection = new HttpConnection(target)) {
            HttpConnection.Answer answer = connection.get(queryPath(query));
            check(answer, 200);
            return answer.text();
        }
    }

    /** What one of several connections does. */
    private interface Work {
        void run(HttpConnection connection, int worker, Timings timings) throws IOException;
    }

    private Timings concurrently(int connections, Work work) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(connections);
        Timings all = new Timings();
        try {
            long start = System.nanoTime();
            List<Future<Timings>> running = IntStream.range(0, connections)
                    .mapToObj(worker -> workers.submit(() -> {
                        Timings mine = new Timings();
                        try (HttpConnection connection = new HttpConnection(target)) {
                            work.run(connection, worker, mine);
                        }
                        return mine;
                    }))
                    .toList();
            for (Future<Timings> each : running) {
                all.addAll(each.get());
            }
            all.setElapsedNanos(System.nanoTime() - start);
            return all;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failed) {
            throw new IOException(target.name() + ": " + failed.getCause().getMessage(), failed.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private static void check(HttpConnection.Answer answer, int expected) throws IOException {
        if (answer.status() != expected) {
            throw new IOException("status " + answer.status() + ": " + answer.text());
        }
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The most memory that its process has held, in bytes; 0 when it is not known. */
    long peakResidentBytes() throws IOException {
        if (target.processId() == 0) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + target.processId() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** The size of its files; 0 when it is not known. Some may be deleted meanwhile. */
    long bytesOnDisk() throws IOException {
        if (target.directory() == null) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(target.directory())) {
            return files.map(Path::toFile)
                    .filter(file -> file.isFile())
                    .mapToLong(file -> file.length())
                    .sum();
        }
    }
}
