package dev.sluice.statement;

import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every statement of the language with what a user gets to hear who has no privilege, READ, WRITE or ALL on the database
 * {@code db1}, which is also the request's default database, and nothing on {@code db2}. An admin may run all of them.
 */
public final class StatementAccessTable {

    private static final @Nullable String OK = null;
    private static final String ADMIN = "admin privilege";
    private static final String READ = "READ on db1";
    private static final String WRITE = "WRITE on db1";
    private static final String READ_OTHER = "READ on db2";
    private static final String WRITE_OTHER = "WRITE on db2";

    public static final List<Row> ROWS = List.of(
            // What SELECT reads and writes.
            reads("SELECT v FROM m"),
            reads("SELECT v FROM db1..m"),
            reads("SELECT v FROM /m.*/"),
            reads("SELECT v FROM m, n"),
            reads("SELECT v FROM (SELECT v FROM m)"),
            row("SELECT v FROM db2..m", READ_OTHER, READ_OTHER, READ_OTHER, READ_OTHER),
            row("SELECT v FROM db2.autogen./m.*/", READ_OTHER, READ_OTHER, READ_OTHER, READ_OTHER),
            row("SELECT v FROM m, db2..m", READ, READ_OTHER, READ, READ_OTHER),
            row("SELECT v FROM db2..m, m", READ_OTHER, READ_OTHER, READ_OTHER, READ_OTHER),
            row(
                    "SELECT v FROM (SELECT v FROM (SELECT v FROM db2..m)), m",
                    READ_OTHER,
                    READ_OTHER,
                    READ_OTHER,
                    READ_OTHER),
            row("SELECT v INTO x FROM m", READ, WRITE, READ, OK),
            row("SELECT v INTO db1.autogen.:MEASUREMENT FROM m", READ, WRITE, READ, OK),
            row("SELECT v INTO db2.autogen.x FROM m", READ, WRITE_OTHER, READ, WRITE_OTHER),
            reads("EXPLAIN SELECT v FROM m"),
            reads("EXPLAIN ANALYZE SELECT v FROM m"),
            row("EXPLAIN SELECT v FROM db2..m", READ_OTHER, READ_OTHER, READ_OTHER, READ_OTHER),
            row("EXPLAIN SELECT v INTO x FROM m", READ, WRITE, READ, OK),

            // Points and series.
            writes("DELETE FROM m"),
            writes("DELETE WHERE time < 10"),
            writes("DROP SERIES FROM m"),
            admin("DROP MEASUREMENT m"),
            admin("DROP SHARD 1"),

            // What exists.
            row("SHOW DATABASES", OK, OK, OK, OK),
            reads("SHOW MEASUREMENTS"),
            reads("SHOW MEASUREMENTS ON db1"),
            reads("SHOW MEASUREMENTS WITH MEASUREMENT = m"),
            other("SHOW MEASUREMENTS ON db2"),
            reads("SHOW SERIES"),
            reads("SHOW SERIES FROM m"),
            other("SHOW SERIES ON db2"),
            both("SHOW SERIES FROM db2..m"),
            both("SHOW SERIES ON db1 FROM db2..m"),
            reads("SHOW TAG KEYS"),
            other("SHOW TAG KEYS ON db2"),
            both("SHOW TAG KEYS FROM db2..m"),
            reads("SHOW TAG VALUES WITH KEY = host"),
            other("SHOW TAG VALUES ON db2 WITH KEY = host"),
            both("SHOW TAG VALUES FROM db2..m WITH KEY = host"),
            reads("SHOW FIELD KEYS"),
            other("SHOW FIELD KEYS ON db2"),
            both("SHOW FIELD KEYS FROM db2..m"),
            reads("SHOW RETENTION POLICIES"),
            reads("SHOW RETENTION POLICIES ON db1"),
            other("SHOW RETENTION POLICIES ON db2"),

            // How much of it exists.
            reads("SHOW SERIES CARDINALITY"),
            reads("SHOW SERIES EXACT CARDINALITY"),
            reads("SHOW SERIES EXACT CARDINALITY FROM m"),
            reads("SHOW MEASUREMENT CARDINALITY"),
            reads("SHOW MEASUREMENT EXACT CARDINALITY"),
            reads("SHOW TAG KEY CARDINALITY"),
            reads("SHOW TAG VALUES CARDINALITY WITH KEY = host"),
            reads("SHOW FIELD KEY CARDINALITY"),
            other("SHOW SERIES CARDINALITY ON db2"),
            other("SHOW SERIES EXACT CARDINALITY ON db2"),
            other("SHOW SERIES EXACT CARDINALITY ON db2 FROM m"),
            other("SHOW MEASUREMENT CARDINALITY ON db2"),
            other("SHOW MEASUREMENT EXACT CARDINALITY ON db2"),
            other("SHOW TAG KEY EXACT CARDINALITY ON db2"),
            other("SHOW TAG VALUES EXACT CARDINALITY ON db2 WITH KEY = host"),
            other("SHOW FIELD KEY EXACT CARDINALITY ON db2"),
            both("SHOW FIELD KEY EXACT CARDINALITY FROM db2..m"),

            // Databases and retention policies.
            admin("CREATE DATABASE x"),
            admin("DROP DATABASE db1"),
            admin("CREATE RETENTION POLICY p ON db1 DURATION 1h REPLICATION 1"),
            admin("ALTER RETENTION POLICY p ON db1 DURATION 2h"),
            writes("DROP RETENTION POLICY p ON db1"),
            row("DROP RETENTION POLICY p ON db2", WRITE_OTHER, WRITE_OTHER, WRITE_OTHER, WRITE_OTHER),

            // Users.
            admin("CREATE USER x WITH PASSWORD 'secret'", "CREATE USER x WITH PASSWORD [REDACTED]"),
            admin(
                    "CREATE USER x WITH PASSWORD 'secret' WITH ALL PRIVILEGES",
                    "CREATE USER x WITH PASSWORD [REDACTED] WITH ALL PRIVILEGES"),
            admin("DROP USER x"),
            admin("SET PASSWORD FOR joe = 'secret'", "SET PASSWORD FOR joe = [REDACTED]"),
            admin("GRANT READ ON db1 TO joe"),
            admin("GRANT ALL ON db1 TO joe", "GRANT ALL PRIVILEGES ON db1 TO joe"),
            admin("GRANT ALL PRIVILEGES TO joe"),
            admin("REVOKE READ ON db1 FROM joe"),
            admin("REVOKE ALL PRIVILEGES FROM joe"),
            admin("SHOW USERS"),
            admin("SHOW GRANTS FOR joe"),

            // Continuous queries and subscriptions.
            row(
                    "CREATE CONTINUOUS QUERY c ON db1 BEGIN SELECT mean(v) INTO x FROM m GROUP BY time(1m) END",
                    READ,
                    WRITE,
                    READ,
                    OK),
            row(
                    "CREATE CONTINUOUS QUERY c ON db1 BEGIN SELECT mean(v) INTO db2.autogen.x FROM m GROUP BY time(1m) END",
                    READ,
                    WRITE_OTHER,
                    READ,
                    WRITE_OTHER),
            row(
                    "CREATE CONTINUOUS QUERY c ON db1 BEGIN SELECT mean(v) INTO x FROM db2..m GROUP BY time(1m) END",
                    READ,
                    READ_OTHER,
                    READ,
                    READ_OTHER),
            row(
                    "CREATE CONTINUOUS QUERY c ON db2 BEGIN SELECT mean(v) INTO db1.autogen.x FROM db1..m GROUP BY time(1m) END",
                    READ_OTHER,
                    READ_OTHER,
                    READ_OTHER,
                    READ_OTHER),
            writes("DROP CONTINUOUS QUERY c ON db1"),
            row("DROP CONTINUOUS QUERY c ON db2", WRITE_OTHER, WRITE_OTHER, WRITE_OTHER, WRITE_OTHER),
            reads("SHOW CONTINUOUS QUERIES"),
            admin("CREATE SUBSCRIPTION s ON db1.autogen DESTINATIONS ALL 'udp://localhost:1'"),
            admin("DROP SUBSCRIPTION s ON db1.autogen"),
            admin("SHOW SUBSCRIPTIONS"),

            // The service itself.
            reads("SHOW QUERIES"),
            admin("KILL QUERY 1"),
            admin("SHOW SHARDS"),
            admin("SHOW SHARD GROUPS"),
            admin("SHOW STATS"),
            admin("SHOW DIAGNOSTICS"));

    private StatementAccessTable() {}

    /**
     * One statement; each of the last four is what follows {@code requires} in the refusal, or null when it may run.
     *
     * @param text as sent
     * @param canonical as printed in a refusal
     */
    public record Row(
            String text,
            String canonical,
            @Nullable String withoutGrant,
            @Nullable String withRead,
            @Nullable String withWrite,
            @Nullable String withAll) {

        public Statement statement() {
            return InfluxqlParser.parseStatement(text);
        }

        /** The whole refusal of a user, or null when it may run. */
        public @Nullable String refusal(String user, @Nullable String requires) {
            return requires == null
                    ? null
                    : "error authorizing query: " + user + " not authorized to execute statement '" + canonical
                            + "', requires " + requires;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static Row reads(String text) {
        return row(text, READ, OK, READ, OK);
    }

    private static Row writes(String text) {
        return row(text, WRITE, WRITE, OK, OK);
    }

    private static Row other(String text) {
        return row(text, READ_OTHER, READ_OTHER, READ_OTHER, READ_OTHER);
    }

    private static Row both(String text) {
        return row(text, READ, READ_OTHER, READ, READ_OTHER);
    }

    private static Row admin(String text) {
        return admin(text, text);
    }

    private static Row admin(String text, String canonical) {
        return new Row(text, canonical, ADMIN, ADMIN, ADMIN, ADMIN);
    }

    private static Row row(
            String text, @Nullable String none, @Nullable String read, @Nullable String write, @Nullable String all) {
        return new Row(text, text, none, read, write, all);
    }
}
