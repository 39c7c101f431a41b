package dev.sluice.query.source;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.FieldType;
import dev.sluice.model.TagSet;
import dev.sluice.query.kernel.TimeBuckets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a SELECT reads: those of one measurement, or of one inner statement. Series are numbered from zero in the
 * order of their tags. Belongs to one query and thread.
 */
public interface RowSource {

    /** The measurement's name. */
    String name();

    /** Fields and their types within the time range asked for; where shards differ, InfluxDB's order of types decides. */
    Map<String, FieldType> fields();

    /** Whether a field has a type in some shard, though {@link #fields} may say another. */
    default boolean stores(String field, FieldType type) {
        return false;
    }

    /**
     * The same rows with types that agree with those of other sources.
     *
     * @param types of at least all fields of this source
     */
    default RowSource promising(Map<String, FieldType> types) {
        return this;
    }

    /** The condition of the statement as it is about these rows: a measurement has a name that it may speak of. */
    default @Nullable Expression condition(@Nullable Expression condition) {
        return condition;
    }

    /** Whether the rows are the result of an inner statement. */
    default boolean isResult() {
        return false;
    }

    /** Whether the rows of all series are to be read in order of time; else one series after the other. */
    default boolean isTimeOrdered() {
        return true;
    }

    /** Whether rows count that have no value in a wanted column. */
    default boolean keepsEmptyRows() {
        return false;
    }

    /** Columns of a result that show tags, which functions over all fields leave out. */
    default Set<String> tagColumns() {
        return Set.of();
    }

    /** Columns of a result that never have a value, which {@code *} shows all the same. */
    default Set<String> untypedColumns() {
        return Set.of();
    }

    /** The buckets whose beginnings are the times of the rows; null when rows have times of their own. */
    default @Nullable TimeBuckets buckets() {
        return null;
    }

    /** How many shards are read; none for an inner statement. */
    default int shardCount() {
        return 0;
    }

    /** The shards that are read, in order of time; none for an inner statement. */
    default List<ShardReading> shards() {
        return List.of();
    }

    /** Keys of tags that at least one series has. */
    Set<String> tagKeys();

    /** Tags that calls can take the values of: those that an inner statement groups by. */
    default Set<String> readableTags() {
        return Set.of();
    }

    /** The tags of every series, in order. */
    List<TagSet> series();

    /** Reads one series in order of time; the caller closes the cursor. */
    RowCursor open(int series, RowRequest request);

    /**
     * Reads those series that are wanted, each of them possibly in several parts, which are in order of time, as rows of a
     * part are.
     *
     * @param wanted asked with the series' number
     */
    void scan(IntPredicate wanted, RowRequest request, ScanVisitor visitor);
}
