package dev.sluice.http;

import dev.sluice.influxql.BoundParameters;
import dev.sluice.influxql.InfluxqlException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON object of {@code params}; numbers keep their text, as {@code 1} and {@code 1.0} bind differently. */
final class BindParameters {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String PREFIX = "error parsing query parameters: ";

    private BindParameters() {}

    /**
     * The parameters; none for an empty text.
     *
     * @throws RequestException 400 when the text is no JSON object
     */
    static BoundParameters parse(String text) {
        if (text.isEmpty()) {
            return BoundParameters.NONE;
        }
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw bad(PREFIX + "EOF");
            }
            if (first != JsonToken.START_OBJECT) {
                throw bad(PREFIX + "json: cannot unmarshal " + goName(first)
                        + " into Go value of type map[string]interface {}");
            }
            return BoundParameters.of(object(parser));
        } catch (JacksonException malformed) {
            throw bad(PREFIX + GoJsonErrors.describe(text));
        } catch (InfluxqlException unbindable) {
            throw bad(String.valueOf(unbindable.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            object.put(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (JsonToken next; (next = parser.nextToken()) != JsonToken.END_ARRAY; ) {
                    list.add(value(parser, next));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BoundParameters.JsonNumber(parser.getString());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private static String goName(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            default -> "number";
        };
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }
}
