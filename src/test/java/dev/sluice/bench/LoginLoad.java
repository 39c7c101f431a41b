package dev.sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Asks small queries at a fixed pace as users who are logged in, by Basic and by JWT, first alone and then while others
 * guess passwords: for names that exist and that do not, from many addresses. Prints how long the queries took. A request
 * counts from when it was due, so that one that waits for another is not forgiven.
 */
public final class LoginLoad {

    private static final String USAGE = """
            usage: bench/logins NAME=URL,user=ADMIN:PASSWORD --secret SECRET [option ...]

            options:
              --seconds N     of guessing; without it, it is measured half as long (60)
              --rate N        wrong log-ins a second (200)
              --pace N        queries a second for each of Basic and JWT (100)

            The database "logins" is dropped and made anew. The addresses are of 127.0.0.0/8, so the server has to be here.
            """;

    private static final int GUESSERS = 64;
    private static final int CLIENTS = 2;
    private static final int KNOWN_USERS = 20;
    private static final int WARM_UP_SECONDS = 15;
    private static final String QUERY = "/query?db=logins&q="
            + encode("SELECT mean(v) FROM m WHERE time >= 0 AND time < 1h GROUP BY time(10m), host");

    private final Target admin;
    private final String secret;
    private int seconds = 60;
    private int rate = 200;
    private int pace = 100;

    private LoginLoad(Target admin, String secret) {
        this.admin = admin;
        this.secret = secret;
    }

    /** Does something once. */
    private interface Request {
        void send() throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3 || arguments.length % 2 == 0 || !arguments[1].equals("--secret")) {
            System.err.print(USAGE);
            System.exit(2);
        }
        LoginLoad load = new LoginLoad(Target.parse(arguments[0]), arguments[2]);
        for (int i = 3; i < arguments.length; i += 2) {
            int value = Integer.parseInt(arguments[i + 1]);
            switch (arguments[i]) {
                case "--seconds" -> load.seconds = value;
                case "--rate" -> load.rate = value;
                case "--pace" -> load.pace = value;
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        load.run();
    }

    private void run() throws Exception {
        prepare();
        measure(WARM_UP_SECONDS, 0);
        System.out.println("| | requests | p50 ms | p95 ms | p99 ms | max ms |");
        System.out.println("|---|---|---|---|---|---|");
        List<Timings> before = measure(Math.max(1, seconds / 2), 0);
        print("Basic, nobody guesses", before.get(0));
        print("JWT, nobody guesses", before.get(1));
        List<Timings> during = measure(seconds, rate);
        String guesses = rate + " wrong log-ins/s";
        print("Basic, " + guesses, during.get(0));
        print("JWT, " + guesses, during.get(1));
    }

    private static void print(String what, Timings timings) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f | %.2f | %.1f |%n",
                what,
                timings.count(),
                timings.percentileMillis(0.5),
                timings.percentileMillis(0.95),
                timings.percentileMillis(0.99),
                timings.percentileMillis(1));
    }

    private void prepare() throws IOException {
        try (HttpConnection connection = new HttpConnection(admin)) {
            statement(connection, "DROP DATABASE logins");
            statement(connection, "CREATE DATABASE logins");
            for (int i = 0; i < KNOWN_USERS; i++) {
                statement(connection, "CREATE USER logins" + i + " WITH PASSWORD 'correct'");
                statement(connection, "GRANT READ ON logins TO logins" + i);
            }
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < 3_600; i++) {
                points.append("m,host=h")
                        .append(i % 10)
                        .append(" v=")
                        .append(i)
                        .append(' ')
                        .append(i)
                        .append("\n");
            }
            expect(
                    connection.post(
                            "/write?db=logins&precision=s",
                            points.toString().getBytes(StandardCharsets.US_ASCII),
                            null),
                    204);
        }
    }

    private static void statement(HttpConnection connection, String text) throws IOException {
        expect(connection.post("/query?q=" + encode(text), new byte[0], null), 200);
    }

    private static void expect(HttpConnection.Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
    }

    /** Times of Basic and of JWT. */
    private List<Timings> measure(int duration, int guesses) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            long start = System.nanoTime() + 100_000_000L;
            List<List<Future<Timings>>> running = List.of(new ArrayList<>(), new ArrayList<>());
            List<String> means = List.of(basic("logins0", "correct"), "Bearer " + token("logins0"));
            for (int i = 0; i < 2 * CLIENTS; i++) {
                Target target = as(means.get(i % 2));
                int client = i;
                running.get(i % 2).add(threads.submit(() -> {
                    try (HttpConnection connection = new HttpConnection(target)) {
                        return paced(start, duration, pace, client / 2, CLIENTS, () -> {
                            expect(connection.get(QUERY), 200);
                        });
                    }
                }));
            }
            int[] statuses = new int[600];
            List<Future<Timings>> guessing = new ArrayList<>();
            for (int i = 0; guesses > 0 && i < GUESSERS; i++) {
                Random random = new Random(i);
                int guesser = i;
                guessing.add(threads.submit(() -> paced(start, duration, guesses, guesser, GUESSERS, () -> {
                    int status = guess(random);
                    synchronized (statuses) {
                        statuses[status]++;
                    }
                })));
            }
            List<Timings> sums = List.of(sum(running.get(0)), sum(running.get(1)));
            if (guesses > 0) {
                Timings all = sum(guessing);
                TreeMap<Integer, Integer> answers = new TreeMap<>();
                for (int status = 0; status < statuses.length; status++) {
                    if (statuses[status] > 0) {
                        answers.put(status, statuses[status]);
                    }
                }
                System.err.println(all.count() + " wrong log-ins, answered with " + answers);
            }
            return sums;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Timings sum(List<Future<Timings>> parts) throws Exception {
        Timings sum = new Timings();
        for (Future<Timings> part : parts) {
            sum.addAll(part.get());
        }
        return sum;
    }

    /** One of several threads that send at a rate together. */
    private static Timings paced(long start, int duration, int rate, int member, int members, Request request)
            throws IOException, InterruptedException {
        Timings timings = new Timings();
        for (long i = member; i < (long) duration * rate; i += members) {
            long due = start + i * 1_000_000_000L / rate;
            long left = due - System.nanoTime();
            if (left > 0) {
                Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
            }
            request.send();
            timings.add(System.nanoTime() - Math.max(due, start));
        }
        return timings;
    }

    private int guess(Random random) throws IOException {
        String name =
                random.nextBoolean() ? "logins" + random.nextInt(KNOWN_USERS) : "nobody" + random.nextInt(100_000);
        byte[] address = {
            127, (byte) (1 + random.nextInt(8)), (byte) random.nextInt(256), (byte) (1 + random.nextInt(254))
        };
        Target target = as(basic(name, "wrong" + random.nextInt()));
        try (HttpConnection connection = new HttpConnection(target, InetAddress.getByAddress(address))) {
            return connection.get(QUERY).status();
        }
    }

    private Target as(String authorization) {
        return admin.withAuthorization(authorization);
    }

    private static String basic(String name, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.US_ASCII));
    }

    private String token(String user) throws GeneralSecurityException {
        String message = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII)) + "."
                + base64(("{\"username\":\"" + user + "\",\"exp\":4000000000}").getBytes(StandardCharsets.US_ASCII));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return message + "." + base64(mac.doFinal(message.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
