package dev.sluice.account.rule;

import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.AccessRule.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Rules in memory, and short ways to write them. */
public final class TestRules implements AccessRules {

    private final List<AccessRule> rules = new CopyOnWriteArrayList<>();

    /** Restricts reading and writing. */
    public TestRules restrict(String database, @Nullable NameMatcher measurement, TagMatcher... tags) {
        return restrict(EnumSet.allOf(Action.class), database, measurement, tags);
    }

    public TestRules restrict(
            Set<Action> actions, String database, @Nullable NameMatcher measurement, TagMatcher... tags) {
        addRule(rule(Kind.RESTRICTION, database, measurement, List.of(tags), actions, List.of(), List.of()));
        return this;
    }

    public TestRules grantTo(String user, String database, @Nullable NameMatcher measurement, TagMatcher... tags) {
        Set<Action> actions = EnumSet.allOf(Action.class);
        addRule(rule(Kind.GRANT, database, measurement, List.of(tags), actions, List.of(user), List.of()));
        return this;
    }

    public TestRules grantToRole(String role, String database, @Nullable NameMatcher measurement, TagMatcher... tags) {
        Set<Action> actions = EnumSet.allOf(Action.class);
        addRule(rule(Kind.GRANT, database, measurement, List.of(tags), actions, List.of(), List.of(role)));
        return this;
    }

    private static AccessRule rule(
            Kind kind,
            String database,
            @Nullable NameMatcher measurement,
            List<TagMatcher> tags,
            Set<Action> actions,
            List<String> users,
            List<String> roles) {
        return new AccessRule("", kind, NameMatcher.exact(database), measurement, tags, actions, users, roles);
    }

    @Override
    public List<AccessRule> rules(Kind kind) {
        return new ArrayList<>(
                rules.stream().filter(rule -> rule.kind() == kind).toList());
    }

    @Override
    public AccessRule addRule(AccessRule rule) {
        AccessRule kept = rule.withId(String.valueOf(rules.size() + 1));
        rules.add(kept);
        return kept;
    }

    @Override
    public void removeRule(Kind kind, String id) {
        rules.removeIf(rule -> rule.id().equals(id));
    }
}
