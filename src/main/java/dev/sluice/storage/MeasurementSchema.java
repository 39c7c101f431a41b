package dev.sluice.storage;

import dev.sluice.model.FieldType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a measurement within one shard.
 *
 * @param fields name to type
 */
public record MeasurementSchema(Map<String, FieldType> fields) {

    /** No fields. */
    public static final MeasurementSchema EMPTY = new MeasurementSchema(Map.of());

    public MeasurementSchema {
        fields = Map.copyOf(fields);
    }

    public @Nullable FieldType find(String field) {
        return fields.get(field);
    }
}
