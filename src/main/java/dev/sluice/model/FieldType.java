package dev.sluice.model;

import java.util.Locale;

/**
 * The type of a field's values. The declaration order is the order of precedence when one field name has several types
 * in different shards: the first present type wins (InfluxQL, "data types and cast operations").
 */
public enum FieldType {
    FLOAT(1),
    INTEGER(2),
    UNSIGNED(3),
    STRING(4),
    BOOLEAN(5);

    private static final FieldType[] BY_CODE = {null, FLOAT, INTEGER, UNSIGNED, STRING, BOOLEAN};

    private final byte code;
    private final String influxName;

    FieldType(int code) {
        this.code = (byte) code;
        this.influxName = name().toLowerCase(Locale.ROOT);
    }

    /** The number written to disk and kept in {@link PointBatch}; never changes for a type once released. */
    public byte code() {
        return code;
    }

    /** The name as InfluxQL prints it: {@code float}, {@code integer}, {@code unsigned}, {@code string}, {@code boolean}. */
    public String influxName() {
        return influxName;
    }

    /** Whether arithmetic and numeric aggregates apply. */
    public boolean isNumeric() {
        return this == FLOAT || this == INTEGER || this == UNSIGNED;
    }

    /**
     * The type with the given code.
     *
     * @throws IllegalArgumentException when no type has that code
     */
    public static FieldType ofCode(byte code) {
        if (code < 1 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("no field type has code " + code);
        }
        return BY_CODE[code];
    }
}
