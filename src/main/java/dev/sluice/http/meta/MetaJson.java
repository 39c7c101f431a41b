package dev.sluice.http.meta;

import dev.sluice.account.AccountException;
import dev.sluice.account.Permissions;
import dev.sluice.model.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the meta API's JSON. A member that is not known is refused: a mistyped {@code measurement} would make a
 * rule wider than it was meant.
 */
final class MetaJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private MetaJson() {}

    /** The bytes of a value made of maps, lists and texts, and a line's end. */
    static byte[] write(Object value) {
        byte[] json = MAPPER.writeValueAsBytes(value);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** A change in words for a record: its action and its object, without secrets. */
    static String describe(JsonNode change, JsonNode object, String... secrets) {
        return text(change, "action") + " "
                + ((ObjectNode) object).deepCopy().without(List.of(secrets)).toString();
    }

    static String describe(Map<String, Object> json) {
        return MAPPER.writeValueAsString(json);
    }

    /**
     * The object that a body holds.
     *
     * @throws AccountException when it holds none, or one with other members than those named
     */
    static JsonNode readObject(byte[] bytes, int length, String... members) {
        try {
            return object(MAPPER.readTree(bytes, 0, length), "body", members);
        } catch (JacksonException malformed) {
            throw new AccountException("invalid JSON");
        }
    }

    /** The node itself when it is an object with no other members than those named. */
    static JsonNode object(@Nullable JsonNode node, String what, String... members) {
        if (node == null || !node.isObject()) {
            throw new AccountException(what + " must be a JSON object");
        }
        Set<String> known = Set.of(members);
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw new AccountException("unknown field \"" + name + "\"");
            }
        }
        return node;
    }

    /** A text, or the empty text when the member is not there. */
    static String text(JsonNode object, String member) {
        JsonNode node = object.get(member);
        if (node == null || node.isNull()) {
            return "";
        }
        if (!node.isString()) {
            throw new AccountException("\"" + member + "\" must be a string");
        }
        return node.stringValue();
    }

    /** The elements of a list; none when the member is not there. */
    static List<JsonNode> list(JsonNode object, String member) {
        JsonNode node = object.get(member);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw new AccountException("\"" + member + "\" must be a list");
        }
        List<JsonNode> elements = new ArrayList<>();
        node.forEach(elements::add);
        return elements;
    }

    static List<String> texts(JsonNode object, String member) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(object, member)) {
            if (!element.isString()) {
                throw new AccountException("\"" + member + "\" must hold strings");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /** The member {@code permissions}: scopes with names of permissions. */
    static Permissions permissions(JsonNode object) {
        JsonNode node = object.get("permissions");
        if (node == null || !node.isObject()) {
            throw new AccountException("\"permissions\" must be a JSON object");
        }
        Map<String, Set<Permission>> byScope = new LinkedHashMap<>();
        for (String scope : node.propertyNames()) {
            Set<Permission> held = new LinkedHashSet<>();
            for (String name : texts(node, scope)) {
                held.add(Permission.find(name)
                        .orElseThrow(() -> new AccountException("invalid permission \"" + name + "\"")));
            }
            byScope.put(scope, held);
        }
        return new Permissions(byScope);
    }

    /** Adds the member {@code permissions} unless there are none. */
    static void putPermissions(Map<String, Object> object, Permissions permissions) {
        if (permissions.isEmpty()) {
            return;
        }
        Map<String, Object> scopes = new LinkedHashMap<>();
        permissions
                .byScope()
                .forEach((scope, held) -> scopes.put(
                        scope, held.stream().map(Permission::influxName).toList()));
        object.put("permissions", scopes);
    }
}
