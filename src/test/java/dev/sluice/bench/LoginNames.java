package dev.sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Whether it shows from outside that a user exists: wrong log-ins with a name that exists and with one that does not, in
 * turn, over one kept connection, and the Wilcoxon-Mann-Whitney test of the hypothesis that both take equally long.
 */
public final class LoginNames {

    private static final String USAGE = """
            usage: bench/login-names NAME=URL,user=ADMIN:PASSWORD [PAIRS]

            PAIRS of wrong log-ins are measured (400). The user "login-names" is made anew. The addresses are of
            127.0.0.0/8, so that no brake helps, and the server has to be here.
            """;

    private static final int WARM_UP = 30;

    private LoginNames() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Target admin = Target.parse(arguments[0]);
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
        try (HttpConnection connection = new HttpConnection(admin)) {
            connection.post("/query?q=DROP+USER+%22login-names%22", new byte[0], null);
            HttpConnection.Answer made = connection.post(
                    "/query?q=CREATE+USER+%22login-names%22+WITH+PASSWORD+%27correct-Horse-7%27", new byte[0], null);
            if (made.status() != 200) {
                throw new IllegalStateException(made.status() + " " + made.text());
            }
        }
        double[] known = new double[pairs];
        double[] unknown = new double[pairs];
        for (int i = -WARM_UP; i < pairs; i++) {
            // Which comes first alternates: whatever the first leaves behind meets both alike.
            for (boolean exists : new boolean[] {i % 2 == 0, i % 2 != 0}) {
                double millis = millis(admin, exists, i + WARM_UP);
                if (i >= 0) {
                    (exists ? known : unknown)[i] = millis;
                }
            }
        }
        print(known, unknown);
    }

    private static double millis(Target admin, boolean exists, int number) throws IOException {
        String name = exists ? "login-names" : "login-other";
        String credentials = name + ":wrong-Horse-" + number;
        Target target = admin.withAuthorization(
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)));
        byte[] address = {127, (byte) (exists ? 2 : 3), (byte) (number / 250), (byte) (1 + number % 250)};
        try (HttpConnection connection = new HttpConnection(target, InetAddress.getByAddress(address))) {
            long start = System.nanoTime();
            int status = connection.get("/query?q=SHOW+DATABASES").status();
            long end = System.nanoTime();
            if (status != 401) {
                throw new IllegalStateException("a wrong password was told " + status);
            }
            return (end - start) / 1e6;
        }
    }

    private static void print(double[] known, double[] unknown) {
        double longer = 0;
        for (double a : known) {
            for (double b : unknown) {
                longer += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        double pairs = (double) known.length * unknown.length;
        double deviation = Math.sqrt(pairs * (known.length + unknown.length + 1) / 12);
        double z = (longer - pairs / 2) / deviation;
        System.out.printf(
                Locale.ROOT,
                "known user    median %.2f ms (p5 %.2f, p95 %.2f)%nunknown user  median %.2f ms (p5 %.2f, p95 %.2f)%n",
                part(known, 0.5),
                part(known, 0.05),
                part(known, 0.95),
                part(unknown, 0.5),
                part(unknown, 0.05),
                part(unknown, 0.95));
        System.out.printf(
                Locale.ROOT,
                "a log-in as the known user takes longer than one as the unknown in %.1f %% of the pairs, p = %.3f%n",
                100 * longer / pairs,
                2 * upperTail(Math.abs(z)));
    }

    private static double part(double[] samples, double part) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    }

    /**
     * The part of the standard normal distribution above a number that is not negative, by the approximation 26.2.17 of
     * Abramowitz and Stegun, whose error is below 1e-7.
     */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return polynomial * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
}
