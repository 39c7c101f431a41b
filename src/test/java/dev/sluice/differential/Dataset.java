package dev.sluice.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The data that statements are asked of. Part of it is the same for every seed: small, and full of special cases. The
 * other part is drawn. Numbers with a fraction are quarters, so that sums do not depend on the order of adding.
 */
final class Dataset {

    static final String DATABASE = "diff";
    static final String OTHER_POLICY = "other";

    /** The Wednesday 2020-01-01T00:00:00Z. */
    private static final long START = 1_577_836_800L;

    private static final long THREE_WEEKS = 21 * 86_400L;

    static final List<Table> TABLES = List.of(
            new Table(
                    "cpu",
                    List.of("host", "region"),
                    List.of("a", "b", "c", "us", "eu"),
                    List.of("v", "i"),
                    List.of("s"),
                    List.of("b"),
                    0,
                    4),
            new Table("mem", List.of("host"), List.of("a", "b"), List.of("free", "used"), List.of(), List.of(), 1, 2),
            new Table("m", List.of("t"), List.of("a"), List.of("v", "i"), List.of(), List.of(), 0, 110),
            new Table(
                    "load",
                    List.of("host", "rack"),
                    List.of("h0", "h1", "h2", "h3", "r1", "r2"),
                    List.of("f", "n", "w"),
                    List.of("txt"),
                    List.of("ok"),
                    START,
                    THREE_WEEKS),
            new Table(
                    "sys log",
                    List.of("my tag", "select"),
                    List.of("x y", "é", "a,b=c"),
                    List.of("a field", "from"),
                    List.of("msg"),
                    List.of(),
                    START,
                    60),
            new Table(
                    "mixed", List.of("k"), List.of("1", "2"), List.of("x"), List.of(), List.of(), START, THREE_WEEKS));

    private Dataset() {}

    /** The requests that load it. */
    static List<Request> load(long seed) {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.query("", "CREATE DATABASE " + DATABASE));
        requests.add(Request.query(
                "", "CREATE RETENTION POLICY " + OTHER_POLICY + " ON " + DATABASE + " DURATION INF REPLICATION 1"));
        requests.add(Request.write(DATABASE, small() + drawn(new Choice(seed)) + special()));
        requests.add(mixed("x=1.5", 0));
        requests.add(mixed("x=7i", 7 * 86_400L));
        requests.add(mixed("x=\"text\"", 14 * 86_400L));
        requests.add(Request.write(DATABASE, "cpu,host=z v=100 1000000000\nelsewhere,host=z q=1i 2000000000\n")
                .with("rp", OTHER_POLICY));
        return requests;
    }

    private static Request mixed(String field, long offset) {
        String times = (START + offset) + "000000000";
        return Request.write(
                DATABASE, "mixed,k=1 " + field + " " + times + "\nmixed,k=2 " + field + " " + times + "\n");
    }

    private static String small() {
        StringBuilder lines = new StringBuilder(String.join(
                "\n",
                "cpu,host=a,region=us v=1,i=10i,s=\"x\",b=true 1000000000",
                "cpu,host=a,region=us v=2,i=20i,s=\"y\",b=false 2000000000",
                "cpu,host=a,region=us v=3 3000000000",
                "cpu,host=b,region=eu v=4,i=5i 1000000000",
                "cpu,host=b,region=eu v=5,i=7i,s=\"z\" 4000000000",
                "cpu,host=c v=10 2500000000",
                "mem,host=a free=100i,used=1.5 1000000000",
                "mem,host=b free=200i 2000000000",
                ""));
        int[] values = {1, 3, 6, 4, 10, 9, 15, 14, 20, 18, 2, 5};
        for (int i = 0; i < values.length; i++) {
            lines.append("m,t=a v=" + values[i] + ",i=" + values[i] + "i " + i * 10L + "000000000\n");
        }
        return lines.toString();
    }

    private static String special() {
        return String.join(
                "\n",
                "sys\\ log,my\\ tag=x\\ y,select=1 a\\ field=1.5,from=1i,msg=\"say \\\"hi\\\" <b> & \\\\ é\" " + START
                        + "000000000",
                "sys\\ log,my\\ tag=é a\\ field=-0.25,msg=\"\" " + (START + 30) + "000000001",
                "sys\\ log,my\\ tag=a\\,b\\=c from=-9223372036854775808i,a\\ field=1e-7 " + (START + 60) + "500000000",
                "sys\\ log a\\ field=123456789012345680000000 " + (START + 60) + "500000000",
                "");
    }

    private static String drawn(Choice choice) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            lines.append("load,host=h").append(choice.below(4));
            if (choice.chance(80)) {
                lines.append(",rack=r").append(choice.below(3));
            }
            lines.append(' ').append(fields(choice));
            long seconds = START + choice.below(choice.chance(50) ? (int) THREE_WEEKS : 7_200);
            lines.append(' ')
                    .append(choice.chance(30) ? seconds - seconds % 600 : seconds)
                    .append("000000000\n");
        }
        return lines.toString();
    }

    private static String fields(Choice choice) {
        List<String> fields = new ArrayList<>();
        if (choice.chance(80)) {
            fields.add(String.format(Locale.ROOT, "f=%.2f", choice.between(-400, 400) / 4.0));
        }
        if (choice.chance(70)) {
            fields.add("n=" + choice.between(-50, 50) + "i");
        }
        if (choice.chance(30)) {
            fields.add("txt=\"" + choice.of("alpha", "beta", "gamma", "1") + "\"");
        }
        if (choice.chance(30)) {
            fields.add("ok=" + choice.chance(50));
        }
        if (fields.isEmpty() || choice.chance(20)) {
            fields.add("w=" + choice.below(1_000_000_000) + "i");
        }
        return String.join(",", fields);
    }
}
