package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.model.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of the values of one row. */
public non-sealed interface MathFunction extends Function {

    /** How many arguments it takes. */
    int arity();

    /** How many arguments it takes in WHERE (InfluxDB checks {@code log} differently there). */
    default int arityInCondition() {
        return arity();
    }

    /**
     * The type of the result for the types of the arguments; null stands for an argument that has no value at all.
     *
     * @return null when the result is null in every row (strings, booleans)
     */
    @Nullable
    FieldType resultType(List<@Nullable FieldType> arguments);

    /**
     * Evaluates all rows. A row is null where an argument is null; results that are no number are left as NaN.
     *
     * @param types of the arguments, for which {@link #resultType} is not null
     * @param arguments columns of equal length
     */
    Column evaluate(List<FieldType> types, List<Column> arguments);
}
