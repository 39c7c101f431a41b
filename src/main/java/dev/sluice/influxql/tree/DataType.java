package dev.sluice.influxql.tree;

import java.util.Locale;

/** A type as casts name it, and those that only name resolution knows. Declared in order of precedence. */
public enum DataType {
    FLOAT,
    INTEGER,
    UNSIGNED,
    STRING,
    BOOLEAN,
    TIME,
    DURATION,
    /** {@code ::tag}: a tag, even where a field has the same name. */
    TAG,
    /** {@code ::field}: a field of whatever type. */
    ANY_FIELD;

    /** The lower-case name as written behind {@code ::}. */
    public String influxName() {
        return this == ANY_FIELD ? "field" : name().toLowerCase(Locale.ROOT);
    }
}
