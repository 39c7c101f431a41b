package dev.sluice.influxql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values for the {@code $name} placeholders of a query, from the JSON object a client sends as {@code params}
 * (InfluxDB 1.x HTTP API, "bind parameters"). Immutable. A value that cannot be bound is kept as its error, which only
 * matters when the query names it.
 */
public final class BoundParameters {

    /** No parameters. */
    public static final BoundParameters NONE = new BoundParameters(Map.of());

    /** What a value stands for in the text. */
    public enum Kind {
        STRING,
        NUMBER,
        INTEGER,
        BOOLEAN,
        DURATION,
        REGEX,
        IDENTIFIER,
        /** Not bindable; the text says why. */
        INVALID
    }

    /**
     * A bound value.
     *
     * @param kind what it stands for
     * @param text the literal's text, unquoted
     */
    public record Value(Kind kind, String text) {}

    /** A JSON number as it was written, so that {@code 1} and {@code 1.0} stay different. */
    public record JsonNumber(String text) {}

    private final Map<String, Value> values;

    private BoundParameters(Map<String, Value> values) {
        this.values = values;
    }

    /**
     * Binds decoded JSON values: {@link String}, {@link Boolean}, {@link JsonNumber}, null, {@link List}, or a {@link Map}
     * with one entry that names a type.
     *
     * @throws InfluxqlException {@code error parsing json value: …} when a whole number is not one
     */
    public static BoundParameters of(Map<String, ? extends @Nullable Object> json) {
        Map<String, Value> values = new HashMap<>();
        json.forEach((name, value) -> values.put(name, bind(value)));
        return new BoundParameters(values);
    }

    /** The value of a parameter, or null when there is none of that name. */
    public @Nullable Value find(String name) {
        return values.get(name);
    }

    private static Value bind(@Nullable Object value) {
        if (value instanceof String text) {
            return new Value(Kind.STRING, text);
        }
        if (value instanceof Boolean bool) {
            return new Value(Kind.BOOLEAN, bool.toString());
        }
        if (value instanceof JsonNumber number) {
            return isInteger(number) ? new Value(Kind.INTEGER, number.text()) : new Value(Kind.NUMBER, number.text());
        }
        if (value instanceof Map<?, ?> object) {
            return bindObject(object);
        }
        return invalid("unable to bind parameter with type " + (value == null ? "<nil>" : "[]interface {}"));
    }

    private static Value bindObject(Map<?, ?> object) {
        if (object.size() != 1) {
            return invalid("bound object parameter value must have exactly one entry");
        }
        Map.Entry<?, ?> entry = object.entrySet().iterator().next();
        Object value = entry.getValue();
        String type = String.valueOf(entry.getKey());
        return switch (type) {
            case "ident", "identifier" -> text(Kind.IDENTIFIER, value, "identifier must be a string value");
            case "regex" -> text(Kind.REGEX, value, "regex literal must be a string value");
            case "string" -> text(Kind.STRING, value, "string literal must be a string value");
            case "float", "number" ->
                value instanceof JsonNumber number
                        ? new Value(Kind.NUMBER, number.text())
                        : invalid("number literal must be a float value");
            case "int", "integer" ->
                value instanceof JsonNumber number && isInteger(number)
                        ? new Value(Kind.INTEGER, number.text())
                        : invalid("integer literal must be an integer value");
            case "bool", "boolean" ->
                value instanceof Boolean bool
                        ? new Value(Kind.BOOLEAN, bool.toString())
                        : invalid("boolean literal must be a boolean value");
            case "duration" -> {
                if (value instanceof String duration) {
                    yield new Value(Kind.DURATION, Durations.format(Durations.parse(duration)));
                }
                if (value instanceof JsonNumber number && isInteger(number)) {
                    yield new Value(Kind.DURATION, number.text() + "ns");
                }
                yield invalid("duration literal must be a string or integer value");
            }
            default -> invalid("unknown bind object type: " + type);
        };
    }

    private static Value text(Kind kind, @Nullable Object value, String error) {
        return value instanceof String text ? new Value(kind, text) : invalid(error);
    }

    private static boolean isInteger(JsonNumber number) {
        if (number.text().indexOf('.') >= 0) {
            return false;
        }
        try {
            Long.parseLong(number.text());
            return true;
        } catch (NumberFormatException notWhole) {
            throw new InfluxqlException("error parsing json value: strconv.ParseInt: parsing \"" + number.text()
                    + "\": " + (number.text().matches("-?[0-9]+") ? "value out of range" : "invalid syntax"));
        }
    }

    private static Value invalid(String why) {
        return new Value(Kind.INVALID, why);
    }
}
