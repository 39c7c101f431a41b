package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * TSBS's cpu-only set: 10 tags and 10 fields per row, a row per host every 10 s. Every value walks at random between 0
 * and 100. The same arguments make the same bytes.
 */
final class CpuData {

    static final List<String> FIELDS = List.of(
            "usage_user",
            "usage_system",
            "usage_idle",
            "usage_nice",
            "usage_iowait",
            "usage_irq",
            "usage_softirq",
            "usage_steal",
            "usage_guest",
            "usage_guest_nice");

    /** 2016-01-01T00:00:00Z. */
    static final long START_SECONDS = 1_451_606_400;

    static final int STEP_SECONDS = 10;

    private static final long SEED = 20_160_101;
    private static final String[] REGIONS = {
        "us-east-1",
        "us-west-1",
        "us-west-2",
        "eu-west-1",
        "eu-central-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-northeast-1",
        "sa-east-1"
    };
    private static final String[] SYSTEMS = {"Ubuntu16.10", "Ubuntu16.04LTS", "Ubuntu15.10"};
    private static final String[] ARCHITECTURES = {"x64", "x86"};
    private static final String[] TEAMS = {"SF", "NYC", "LON", "CHI"};
    private static final String[] ENVIRONMENTS = {"production", "staging", "test"};

    private CpuData() {}

    /** The whole load as request bodies. */
    static List<byte[]> bodies(Settings settings) {
        SplittableRandom random = new SplittableRandom(SEED);
        int hosts = settings.scale();
        byte[][] keys = new byte[hosts][];
        double[][] values = new double[hosts][FIELDS.size()];
        for (int host = 0; host < hosts; host++) {
            keys[host] = key(host, random).getBytes(StandardCharsets.US_ASCII);
            for (int field = 0; field < FIELDS.size(); field++) {
                values[host][field] = random.nextDouble(100);
            }
        }
        List<byte[]> bodies = new ArrayList<>();
        Body body = new Body(settings.valueType());
        int rows = settings.rows();
        for (int row = 0, inBody = 0; row < rows; row++) {
            int host = row % hosts;
            walk(values[host], random);
            body.row(keys[host], values[host], START_SECONDS + (long) (row / hosts) * STEP_SECONDS);
            if (++inBody == settings.rowsPerRequest() || row == rows - 1) {
                bodies.add(settings.gzip() ? gzip(body.toByteArray()) : body.toByteArray());
                body.reset();
                inBody = 0;
            }
        }
        return bodies;
    }

    /** Measurement and tags, the latter in TSBS's order. */
    private static String key(int host, SplittableRandom random) {
        String region = pick(REGIONS, random);
        return "cpu,hostname=host_" + host + ",region=" + region + ",datacenter=" + region
                + (char) ('a' + random.nextInt(3)) + ",rack=" + random.nextInt(100) + ",os=" + pick(SYSTEMS, random)
                + ",arch=" + pick(ARCHITECTURES, random) + ",team=" + pick(TEAMS, random) + ",service="
                + random.nextInt(20) + ",service_version=" + random.nextInt(2) + ",service_environment="
                + pick(ENVIRONMENTS, random) + " ";
    }

    private static String pick(String[] choices, SplittableRandom random) {
        return choices[random.nextInt(choices.length)];
    }

    private static void walk(double[] values, SplittableRandom random) {
        for (int field = 0; field < values.length; field++) {
            // Twelve uniform numbers less six are nearly normal; four are enough here, scaled to a deviation of one.
            double step = (random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2)
                    * Math.sqrt(3);
            values[field] = Math.min(100, Math.max(0, values[field] + step));
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return zipped.toByteArray();
    }

    /** A body being written. */
    private static final class Body extends ByteArrayOutputStream {

        private final ValueType type;
        private final List<byte[]> names = FIELDS.stream()
                .map(name -> (name + "=").getBytes(StandardCharsets.US_ASCII))
                .toList();

        Body(ValueType type) {
            super(2 << 20);
            this.type = type;
        }

        void row(byte[] key, double[] values, long seconds) {
            writeBytes(key);
            for (int field = 0; field < values.length; field++) {
                if (field > 0) {
                    write(',');
                }
                writeBytes(names.get(field));
                text(type.text(values[field]));
            }
            write(' ');
            text(Long.toString(seconds));
            text("000000000\n");
        }

        private void text(String text) {
            for (int i = 0; i < text.length(); i++) {
                write(text.charAt(i));
            }
        }
    }
}
