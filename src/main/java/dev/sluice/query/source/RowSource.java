package dev.sluice.query.source;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.FieldType;
import dev.sluice.model.TagSet;
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

    /** How many shards are read; none for an inner statement. */
    default int shardCount() {
        return 0;
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
