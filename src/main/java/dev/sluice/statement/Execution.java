package dev.sluice.statement;

import dev.sluice.account.Caller;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.SeriesSink;
import dev.sluice.query.Cancellation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement runs under, and where its result goes. Belongs to one thread.
 *
 * @param caller on whose behalf
 * @param defaultDatabase used where the statement names none; empty when there is none
 * @param defaultRetentionPolicy used where the statement names none; empty for the database's own
 * @param nowNanos what {@code now()} is
 * @param cancellation to be asked regularly by long work
 * @param sink takes the series
 * @param access which series the caller may touch
 */
public record Execution(
        Caller caller,
        String defaultDatabase,
        String defaultRetentionPolicy,
        long nowNanos,
        Cancellation cancellation,
        SeriesSink sink,
        SeriesAccess access) {

    /**
     * The database a statement is about.
     *
     * @param named what the statement names, or null
     * @throws StatementException {@code database name required} when there is none at all
     */
    public String database(@Nullable String named) {
        String database = named == null || named.isEmpty() ? defaultDatabase : named;
        if (database.isEmpty()) {
            throw new StatementException("database name required");
        }
        return database;
    }

    /** Pushes a series without tags; one without rows has a header only. */
    public void table(String name, List<String> columns, Column... values) {
        sink.series(SeriesHeader.plain(name, columns));
        if (values.length > 0 && values[0].length() > 0) {
            sink.rows(ColumnBatch.of(values));
        }
    }
}
