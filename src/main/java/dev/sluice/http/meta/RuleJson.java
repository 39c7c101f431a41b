package dev.sluice.http.meta;

import dev.sluice.account.AccountException;
import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.NameMatcher;
import dev.sluice.account.rule.NameMatcher.Match;
import dev.sluice.account.rule.TagMatcher;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Restrictions and grants in JSON. */
final class RuleJson {

    private RuleJson() {}

    /**
     * Reads a rule.
     *
     * @throws AccountException saying what is wrong with it
     */
    static AccessRule read(Kind kind, byte[] body, int length) {
        JsonNode rule = kind == Kind.RESTRICTION
                ? MetaJson.readObject(body, length, "id", "database", "measurement", "tags", "permissions")
                : MetaJson.readObject(
                        body, length, "id", "database", "measurement", "tags", "permissions", "users", "roles");
        List<String> users = names(rule, "users");
        List<String> roles = names(rule, "roles");
        if (kind == Kind.GRANT && users.isEmpty() && roles.isEmpty()) {
            throw new AccountException("a grant needs \"users\" or \"roles\"");
        }
        NameMatcher database = matcher(rule.get("database"), "database");
        if (database == null) {
            throw new AccountException("\"database\" is required");
        }
        return new AccessRule(
                "",
                kind,
                database,
                matcher(rule.get("measurement"), "measurement"),
                MetaJson.list(rule, "tags").stream().map(RuleJson::tag).toList(),
                actions(rule),
                users,
                roles);
    }

    private static @Nullable NameMatcher matcher(@Nullable JsonNode node, String what) {
        return node == null || node.isNull()
                ? null
                : matcher(MetaJson.object(node, "\"" + what + "\"", "match", "value"));
    }

    private static NameMatcher matcher(JsonNode node) {
        if (node.get("value") == null) {
            throw new AccountException("\"value\" is required");
        }
        String match = MetaJson.text(node, "match");
        String value = MetaJson.text(node, "value");
        return switch (match) {
            case "exact" -> NameMatcher.exact(value);
            case "prefix" -> NameMatcher.prefix(value);
            default -> throw new AccountException("invalid match \"" + match + "\", must be exact or prefix");
        };
    }

    private static TagMatcher tag(JsonNode node) {
        MetaJson.object(node, "a tag", "match", "key", "value");
        String key = MetaJson.text(node, "key");
        if (key.isEmpty()) {
            throw new AccountException("\"key\" is required");
        }
        return new TagMatcher(key, matcher(node));
    }

    private static Set<Action> actions(JsonNode rule) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (String name : MetaJson.texts(rule, "permissions")) {
            switch (name) {
                case "read" -> actions.add(Action.READ);
                case "write" -> actions.add(Action.WRITE);
                default -> throw new AccountException("invalid permission \"" + name + "\", must be read or write");
            }
        }
        if (actions.isEmpty()) {
            throw new AccountException("\"permissions\" is required");
        }
        return actions;
    }

    private static List<String> names(JsonNode rule, String member) {
        return MetaJson.list(rule, member).stream()
                .map(each -> MetaJson.text(MetaJson.object(each, "an element of \"" + member + "\"", "name"), "name"))
                .distinct()
                .toList();
    }

    /** A rule as it is listed. */
    static Map<String, Object> toMap(AccessRule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("database", toMap(rule.database()));
        NameMatcher measurement = rule.measurement();
        if (measurement != null) {
            json.put("measurement", toMap(measurement));
        }
        if (!rule.tags().isEmpty()) {
            json.put("tags", rule.tags().stream().map(RuleJson::toMap).toList());
        }
        json.put(
                "permissions",
                rule.actions().stream()
                        .map(action -> action.name().toLowerCase(Locale.ROOT))
                        .toList());
        putNames(json, "users", rule.users());
        putNames(json, "roles", rule.roles());
        return json;
    }

    private static void putNames(Map<String, Object> json, String member, List<String> names) {
        if (!names.isEmpty()) {
            json.put(member, names.stream().map(name -> Map.of("name", name)).toList());
        }
    }

    private static Map<String, Object> toMap(NameMatcher matcher) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("match", name(matcher.match()));
        json.put("value", matcher.value());
        return json;
    }

    private static Map<String, Object> toMap(TagMatcher tag) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("match", name(tag.value().match()));
        json.put("key", tag.key());
        json.put("value", tag.value().value());
        return json;
    }

    private static String name(Match match) {
        return match.name().toLowerCase(Locale.ROOT);
    }
}
