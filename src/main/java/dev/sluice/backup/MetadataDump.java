package dev.sluice.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The relational database with users, grants and the catalogue, as JSON: every table but the migrations' own, with its rows. It does
 * not matter whether it comes from H2 or PostgreSQL, nor where it goes to.
 */
public final class MetadataDump {

    private static final String MIGRATIONS = "flyway_schema_history";

    /** Tables that have rows as soon as somebody has used the service. */
    private static final Set<String> USED = Set.of("users", "databases", "roles", "access_rules");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataSource source;

    public MetadataDump(DataSource source) {
        this.source = source;
    }

    /**
     * The rows of a table.
     *
     * @param columns their names
     * @param rows a value for each column: a number, a text, a truth value or null
     */
    record Rows(List<String> columns, List<List<@Nullable Object>> rows) {}

    /** Writes all tables as they are together at one moment. */
    void write(OutputStream out) throws IOException {
        Map<String, Rows> tables = new LinkedHashMap<>();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            int before = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                for (String table : tables(connection)) {
                    tables.put(table, rows(connection, table));
                }
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(before);
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new BackupException("cannot read the metadata: " + failed.getMessage(), failed);
        }
        JSON.writeValue(out, tables);
    }

    /**
     * Puts dumped tables in the place of those of a database that nobody has used, all or nothing.
     *
     * @throws BackupException when the database is in use, or does not have a table or column of the dump
     */
    public void read(InputStream in) {
        Map<String, Rows> dumped;
        try {
            dumped = JSON.readValue(in, new TypeReference<>() {});
        } catch (JacksonException malformed) {
            throw new BackupException("the metadata of the backup cannot be read", malformed);
        }
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                replace(connection, dumped);
                connection.commit();
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new BackupException("cannot write the metadata: " + failed.getMessage(), failed);
        }
    }

    /**
     * Checks that nobody has used the database.
     *
     * @throws BackupException when somebody has
     */
    void requireUnused() {
        try (Connection connection = source.getConnection()) {
            requireUnused(connection, tables(connection));
        } catch (SQLException failed) {
            throw new BackupException("cannot read the metadata: " + failed.getMessage(), failed);
        }
    }

    private static void requireUnused(Connection connection, List<String> tables) throws SQLException {
        for (String table : tables) {
            if (USED.contains(table) && !rows(connection, table).rows().isEmpty()) {
                throw new BackupException("the metadata database has " + table + " already; restore into an empty one");
            }
        }
    }

    private static void replace(Connection connection, Map<String, Rows> dumped) throws SQLException {
        List<String> present = tables(connection);
        for (String table : dumped.keySet()) {
            if (!present.contains(table)) {
                throw new BackupException("the backup is of a newer version: it has a table " + table);
            }
        }
        requireUnused(connection, present);
        List<String> backwards = new ArrayList<>(present);
        Collections.reverse(backwards);
        try (Statement statement = connection.createStatement()) {
            for (String table : backwards) {
                statement.executeUpdate("delete from " + table);
            }
        }
        for (String table : present) {
            Rows rows = dumped.get(table);
            if (rows != null) {
                insert(connection, table, rows);
            }
        }
    }

    /** Names in an order in which each comes behind those it refers to. */
    private static List<String> tables(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        Map<String, Set<String>> references = new TreeMap<>();
        Map<String, String> stored = new HashMap<>();
        String schema = connection.getSchema();
        try (ResultSet tables = metadata.getTables(null, schema, null, new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME");
                if (!name.equalsIgnoreCase(MIGRATIONS)) {
                    stored.put(lower(name), name);
                    references.put(lower(name), new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, String> table : stored.entrySet()) {
            try (ResultSet keys = metadata.getImportedKeys(null, schema, table.getValue())) {
                while (keys.next()) {
                    references.get(table.getKey()).add(lower(keys.getString("PKTABLE_NAME")));
                }
            }
        }
        List<String> ordered = new ArrayList<>();
        while (ordered.size() < references.size()) {
            int before = ordered.size();
            references.forEach((table, needed) -> {
                if (!ordered.contains(table) && ordered.containsAll(needed)) {
                    ordered.add(table);
                }
            });
            if (ordered.size() == before) {
                throw new IllegalStateException("tables that refer to each other: " + references);
            }
        }
        return ordered;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Rows rows(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table)) {
            int width = result.getMetaData().getColumnCount();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                columns.add(lower(result.getMetaData().getColumnName(i)));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return new Rows(columns, rows);
        }
    }

    private static void insert(Connection connection, String table, Rows rows) throws SQLException {
        Map<String, Boolean> present = columns(connection, table);
        for (String column : rows.columns()) {
            if (!present.containsKey(column)) {
                throw new BackupException(
                        "the backup is of a newer version: its table " + table + " has a column " + column);
            }
        }
        String marks = rows.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
        String sql = "insert into " + table + " (" + String.join(", ", rows.columns()) + ") values (" + marks + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (List<@Nullable Object> row : rows.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        for (String column : rows.columns()) {
            if (present.get(column)) {
                continueNumbers(connection, table, column);
            }
        }
    }

    /** The columns, and which of them number rows by themselves. */
    private static Map<String, Boolean> columns(Connection connection, String table) throws SQLException {
        Map<String, Boolean> columns = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                columns.put(
                        lower(result.getMetaData().getColumnName(i)),
                        result.getMetaData().isAutoIncrement(i));
            }
        }
        return columns;
    }

    private static void continueNumbers(Connection connection, String table, String column) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long next = 1;
            try (ResultSet most = statement.executeQuery("select max(" + column + ") from " + table)) {
                if (most.next()) {
                    next = most.getLong(1) + 1;
                }
            }
            statement.execute("alter table " + table + " alter column " + column + " restart with " + next);
        }
    }
}
