package dev.sluice.storage.codec;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import java.util.List;

/**
 * Rows of one series in ascending order of time without duplicates, with the fields their shard numbers.
 *
 * @param times the timestamps
 * @param fields ids, ascending
 * @param types of the fields
 * @param columns values of the fields
 */
public record Rows(LongColumn times, int[] fields, List<FieldType> types, List<Column> columns) {

    public Rows {
        types = List.copyOf(types);
        columns = List.copyOf(columns);
    }

    public int rowCount() {
        return times.length();
    }

    /** The rows from {@code start}, {@code length} of them, as views. */
    public Rows region(int start, int length) {
        return new Rows(
                times.region(start, length),
                fields,
                types,
                columns.stream().map(column -> column.region(start, length)).toList());
    }
}
