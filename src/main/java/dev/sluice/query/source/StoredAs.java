package dev.sluice.query.source;

import dev.sluice.model.FieldType;

/**
 * Names of columns with the values that some shards store of a field with another type than most: {@code x::string} where
 * {@code x} is a number elsewhere ("Data types and cast operations", 1.x: a cast reads the shards with that type).
 */
public final class StoredAs {

    /** No name of a field has this character, as line protocol cannot write it into one. */
    private static final char SEPARATOR = '\n';

    private StoredAs() {}

    /** The column's name. */
    public static String column(String field, FieldType type) {
        return field + SEPARATOR + type.influxName();
    }

    /** The field that a column is of; the name itself where it is a field's. */
    static String field(String column) {
        int separator = column.lastIndexOf(SEPARATOR);
        return separator < 0 ? column : column.substring(0, separator);
    }
}
