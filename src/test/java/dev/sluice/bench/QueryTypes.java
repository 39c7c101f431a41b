package dev.sluice.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** TSBS's types of queries on the cpu-only set, and two more; of each a few with hosts and times drawn from a fixed seed. */
final class QueryTypes {

    /** A small question, as dashboards ask many of. */
    static final String SMALL = "SELECT last(usage_user) FROM cpu WHERE hostname = 'host_0'";

    private static final int VARIANTS = 5;
    private static final long SEED = 1;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int hosts;
    private final long endSeconds;
    private final Map<String, List<String>> types = new LinkedHashMap<>();

    private QueryTypes(Settings settings) {
        this.hosts = settings.scale();
        this.endSeconds = CpuData.START_SECONDS + (long) (settings.hours() * 3600);
    }

    /** Name to queries. */
    static Map<String, List<String>> of(Settings settings) {
        QueryTypes made = new QueryTypes(settings);
        made.addAll();
        return made.types;
    }

    private void addAll() {
        for (int[] shape : new int[][] {{1, 1, 1}, {1, 1, 12}, {1, 8, 1}, {5, 1, 1}, {5, 1, 12}, {5, 8, 1}}) {
            add(
                    "single-groupby-" + shape[0] + "-" + shape[1] + "-" + shape[2],
                    VARIANTS,
                    () -> "SELECT "
                            + calls("max", shape[0]) + " FROM cpu WHERE " + someHosts(shape[1]) + " AND "
                            + within(shape[2])
                            + " GROUP BY time(1m)");
        }
        for (int count : new int[] {1, 8}) {
            add(
                    "cpu-max-all-" + count,
                    VARIANTS,
                    () -> "SELECT " + calls("max", CpuData.FIELDS.size()) + " FROM cpu WHERE " + someHosts(count)
                            + " AND " + within(8) + " GROUP BY time(1h)");
        }
        for (int fields : new int[] {1, 5, CpuData.FIELDS.size()}) {
            add(
                    "double-groupby-" + (fields < CpuData.FIELDS.size() ? fields : "all"),
                    VARIANTS,
                    () -> "SELECT " + calls("mean", fields) + " FROM cpu WHERE " + within(12)
                            + " GROUP BY time(1h), hostname");
        }
        add(
                "high-cpu-1",
                VARIANTS,
                () -> "SELECT * FROM cpu WHERE usage_user > 90.0 AND " + someHosts(1) + " AND " + within(12));
        add("high-cpu-all", 2, () -> "SELECT * FROM cpu WHERE usage_user > 90.0 AND " + within(12));
        add("lastpoint", 1, () -> "SELECT * FROM cpu GROUP BY hostname ORDER BY time DESC LIMIT 1");
        add(
                "groupby-orderby-limit",
                VARIANTS,
                () -> "SELECT max(usage_user) FROM cpu WHERE time < '" + Instant.ofEpochSecond(drawStart(1) + 3600)
                        + "' GROUP BY time(1m) ORDER BY time DESC LIMIT 5");
        add("count", 1, () -> "SELECT count(usage_user) FROM cpu");
        add("raw-host", 2, () -> "SELECT * FROM cpu WHERE " + someHosts(1));
    }

    private void add(String name, int variants, Supplier<String> query) {
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < variants; i++) {
            queries.add(query.get());
        }
        types.put(name, queries);
    }

    private static String calls(String function, int fields) {
        return CpuData.FIELDS.subList(0, fields).stream()
                .map(field -> function + "(" + field + ")")
                .collect(Collectors.joining(", "));
    }

    private String someHosts(int count) {
        return random.ints(0, hosts)
                .distinct()
                .limit(Math.min(count, hosts))
                .mapToObj(host -> "hostname = 'host_" + host + "'")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private String within(int hours) {
        long start = drawStart(hours);
        return "time >= '" + Instant.ofEpochSecond(start) + "' AND time < '"
                + Instant.ofEpochSecond(start + hours * 3600L) + "'";
    }

    private long drawStart(int hours) {
        long latest = endSeconds - hours * 3600L - CpuData.START_SECONDS;
        return CpuData.START_SECONDS + (latest <= 0 ? 0 : random.nextLong(latest));
    }
}
