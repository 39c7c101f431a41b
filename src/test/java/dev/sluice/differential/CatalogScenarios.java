package dev.sluice.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws scenarios about databases, policies, users, subscriptions and continuous queries. Each begins with its names
 * unused, so that it can be repeated alone.
 */
final class CatalogScenarios {

    private static final String DATABASE = "scratch";

    private final Choice choice;

    CatalogScenarios(Choice choice) {
        this.choice = choice;
    }

    Item draw() {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.query("", "DROP DATABASE " + DATABASE + "; CREATE DATABASE " + DATABASE));
        boolean users = choice.chance(15);
        if (users) {
            requests.add(Request.query("", "DROP USER u"));
            requests.add(Request.query("", "CREATE USER u WITH PASSWORD 'p'"));
        }
        for (int i = choice.between(1, 4); i > 0; i--) {
            String statement = users ? user() : statement();
            Request request = Request.query(choice.chance(80) ? DATABASE : "", statement);
            requests.add(choice.chance(10) ? request.by("GET") : request);
        }
        requests.add(Request.query(
                "",
                users ? "SHOW USERS; SHOW GRANTS FOR u" : choice.of("SHOW CONTINUOUS QUERIES", "SHOW SUBSCRIPTIONS")));
        requests.add(Request.query("", "SHOW RETENTION POLICIES ON " + DATABASE));
        if (users) {
            requests.add(Request.query("", "DROP USER u"));
        }
        return new Item(Kind.CATALOG, requests);
    }

    /** A statement alone, for damaging. */
    String statement() {
        return switch (choice.below(12)) {
            case 0 ->
                "CREATE DATABASE " + choice.of(DATABASE, DATABASE, "\"\"", "\"a/b\"")
                        + choice.maybe(60, () -> " WITH" + databaseOptions());
            case 1, 2 ->
                "CREATE RETENTION POLICY " + policy() + " ON " + name() + " DURATION " + duration() + " REPLICATION "
                        + choice.of("1", "1", "2", "0") + choice.maybe(40, () -> " SHARD DURATION " + duration())
                        + choice.maybe(30, () -> " DEFAULT");
            case 3, 4 -> "ALTER RETENTION POLICY " + choice.of("autogen", policy()) + " ON " + name() + alteration();
            case 5 -> "DROP RETENTION POLICY " + choice.of("autogen", policy()) + " ON " + name();
            case 6, 7 ->
                "CREATE CONTINUOUS QUERY " + choice.of("c1", "c2", "\"c 3\"") + " ON " + name() + resample() + " BEGIN "
                        + continuous() + " END";
            case 8 -> "DROP CONTINUOUS QUERY " + choice.of("c1", "c2", "nosuch") + " ON " + name();
            case 9 ->
                "CREATE SUBSCRIPTION " + choice.of("s1", "s2") + " ON " + name() + "." + choice.of("autogen", "norp")
                        + " DESTINATIONS " + choice.of("ALL", "ANY") + " "
                        + choice.list(
                                2,
                                ", ",
                                () -> "'"
                                        + choice.of(
                                                "udp://127.0.0.1:9",
                                                "http://127.0.0.1:9",
                                                "https://h.example:1",
                                                "foo",
                                                "ftp://h:1",
                                                "udp://h",
                                                "http://h")
                                        + "'");
            case 10 ->
                "DROP SUBSCRIPTION " + choice.of("s1", "nosuch") + " ON " + name() + "." + choice.of("autogen", "norp");
            default ->
                choice.of(
                        "SHOW RETENTION POLICIES ON " + name(),
                        "DROP DATABASE " + name(),
                        "SHOW SUBSCRIPTIONS",
                        "DROP SHARD 99999999",
                        "KILL QUERY 99999999",
                        "SHOW STATS FOR 'nosuch'",
                        "SHOW DIAGNOSTICS FOR 'nosuch'",
                        "SHOW GRANTS FOR nobody",
                        "DROP USER nobody",
                        "SET PASSWORD FOR nobody = 'x'",
                        "GRANT READ ON scratch TO nobody",
                        "REVOKE ALL ON nodb FROM nobody",
                        "GRANT ALL PRIVILEGES TO nobody");
        };
    }

    private String user() {
        return switch (choice.below(8)) {
            case 0 ->
                "CREATE USER u WITH PASSWORD '" + choice.of("p", "q") + "'"
                        + choice.maybe(30, () -> " WITH ALL PRIVILEGES");
            case 1 -> "SET PASSWORD FOR u = 'r'";
            case 2, 3 -> "GRANT " + choice.of("READ", "WRITE", "ALL", "ALL PRIVILEGES") + " ON " + name() + " TO u";
            case 4, 5 -> "REVOKE " + choice.of("READ", "WRITE", "ALL", "ALL PRIVILEGES") + " ON " + name() + " FROM u";
            case 6 -> choice.of("GRANT ALL TO u", "REVOKE ALL PRIVILEGES FROM u");
            default -> choice.of("SHOW GRANTS FOR u", "SHOW USERS");
        };
    }

    private String name() {
        return choice.chance(90) ? Table.quote(choice, DATABASE) : choice.of("nodb", "\"\"", "\"a/b\"");
    }

    private String policy() {
        return choice.of("p1", "p1", "p2", "\"p 3\"");
    }

    private String duration() {
        return choice.of("1h", "90m", "1d", "2d", "1w", "30w", "INF", "0s", "1s", "168h", "25h", "59m", "1000000h");
    }

    private String databaseOptions() {
        return choice.maybe(60, () -> " DURATION " + duration())
                + choice.maybe(40, () -> " REPLICATION " + choice.of("1", "3"))
                + choice.maybe(40, () -> " SHARD DURATION " + duration())
                + choice.maybe(50, () -> " NAME " + policy());
    }

    private String alteration() {
        StringBuilder options = new StringBuilder();
        List<String> all = List.of(
                " DURATION " + duration(),
                " REPLICATION " + choice.between(1, 2),
                " SHARD DURATION " + duration(),
                " DEFAULT");
        int count = choice.between(1, 3);
        for (String option : choice.shuffled(all).subList(0, count)) {
            options.append(option);
        }
        return options.toString();
    }

    private String resample() {
        return choice.maybe(
                30,
                () -> " RESAMPLE"
                        + choice.of(" EVERY 1m", " FOR 10m", " EVERY 30s FOR 2h", " FOR 10s", " EVERY 2h FOR 1h"));
    }

    private String continuous() {
        String group = choice.of(
                "time(1m)", "time(10m), host", "time(1h, 5m), *", "time(90s), /h/", "host", "time(1w), \"my tag\"");
        return "SELECT "
                + choice.of(
                        "mean(v)",
                        "mean(v) AS \"a b\"",
                        "count(distinct(v))",
                        "mean(*)",
                        "max(v) - min(v)",
                        "v",
                        "top(v, host, 2)",
                        "mean(v) + 1.5 * sum(i::integer)",
                        "percentile(\"v\", 90.5), min(v)")
                + " INTO "
                + choice.of(
                        "out",
                        "p1.out",
                        "scratch.autogen.out",
                        "scratch..:MEASUREMENT",
                        "autogen.:MEASUREMENT",
                        "\"o.ut\"")
                + " FROM "
                + choice.of(
                        "cpu",
                        "scratch..cpu",
                        "/c.*/",
                        "cpu, \"sys log\"",
                        "autogen.cpu",
                        "nodb..cpu",
                        "(SELECT mean(v) AS v FROM cpu GROUP BY time(10s))")
                + choice.maybe(
                        40,
                        () -> " WHERE "
                                + choice.of(
                                        "host = 'a'",
                                        "host =~ /a\\/b/ AND v > -1.0",
                                        "\"my tag\" != ''",
                                        "v > 1 OR (v < 5)",
                                        "s = 'it\\'s'",
                                        "v = 1e3",
                                        "v + 2 * 3 > 5.25",
                                        "b = true",
                                        "time > now() - 1h",
                                        "v > 9223372036854775808"))
                + " GROUP BY " + group
                + choice.maybe(30, () -> " fill(" + choice.of("none", "0", "previous", "linear", "1.5") + ")")
                + choice.maybe(10, () -> " ORDER BY time DESC")
                + choice.maybe(10, () -> " LIMIT 5 OFFSET 1 SLIMIT 2 SOFFSET 3")
                + choice.maybe(10, () -> " tz('Europe/Berlin')");
    }
}
