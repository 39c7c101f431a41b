package dev.sluice.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON objects of requests, with errors in the words of Go's decoder. */
final class JsonObjects {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** A text is no such object. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    private JsonObjects() {}

    /** The object of a body; it has no other members than those named. */
    static JsonNode read(byte[] body, String... members) throws MalformedException {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (JacksonException malformed) {
            throw new MalformedException(GoJsonErrors.describe(new String(body, StandardCharsets.UTF_8)));
        }
        if (node.isMissingNode()) {
            throw new MalformedException("EOF");
        }
        return object(node, members);
    }

    /** The node itself when it is an object with no other members than those named. */
    static JsonNode object(JsonNode node, String... members) throws MalformedException {
        if (!node.isObject()) {
            throw new MalformedException("json: cannot unmarshal " + kind(node) + " into an object");
        }
        for (String name : node.propertyNames()) {
            if (!Arrays.asList(members).contains(name)) {
                throw new MalformedException("json: unknown field \"" + name + "\"");
            }
        }
        return node;
    }

    /** A text; empty when the member is not there. */
    static String text(JsonNode object, String member) throws MalformedException {
        JsonNode node = object.get(member);
        if (node == null || node.isNull()) {
            return "";
        }
        if (!node.isString()) {
            throw mismatch(node, member, "string");
        }
        return node.stringValue();
    }

    /** A whole number; 0 when the member is not there. */
    static long integer(JsonNode object, String member) throws MalformedException {
        JsonNode node = object.get(member);
        if (node == null || node.isNull()) {
            return 0;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw mismatch(node, member, "int64");
        }
        return node.longValue();
    }

    private static MalformedException mismatch(JsonNode node, String member, String type) {
        return new MalformedException(
                "json: cannot unmarshal " + kind(node) + " into field " + member + " of type " + type);
    }

    private static String kind(JsonNode node) {
        if (node.isArray()) {
            return "array";
        }
        if (node.isString()) {
            return "string";
        }
        if (node.isBoolean()) {
            return "bool";
        }
        if (node.isNumber()) {
            return "number";
        }
        return node.isNull() ? "null" : "object";
    }
}
