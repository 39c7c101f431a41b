package dev.sluice.account;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store that forgets everything with the process, and fails on demand. Users who were dropped must be named to it. */
public final class InMemoryAccessStore implements AccessStore {

    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Permissions> userPermissions = new LinkedHashMap<>();
    private List<AccessRule> rules = new ArrayList<>();
    private int nextId = 1;
    private boolean failNext;

    public void failNext() {
        failNext = true;
    }

    /** Does what the foreign keys of a database do when a user is deleted. */
    public void cascadeUser(String name) {
        userPermissions.remove(name);
        roles.replaceAll((role, old) -> new Role(role, old.permissions(), without(old.users(), name)));
        rules = new ArrayList<>(rules.stream()
                .map(rule -> named(rule, without(rule.users(), name), rule.roles()))
                .toList());
    }

    private static List<String> without(List<String> names, String removed) {
        return names.stream().filter(name -> !name.equals(removed)).toList();
    }

    private static AccessRule named(AccessRule rule, List<String> users, List<String> roles) {
        return new AccessRule(
                rule.id(), rule.kind(), rule.database(), rule.measurement(), rule.tags(), rule.actions(), users, roles);
    }

    private void mayFail() {
        if (failNext) {
            failNext = false;
            throw new IllegalStateException("no connection");
        }
    }

    @Override
    public Contents load() {
        return new Contents(List.copyOf(roles.values()), userPermissions, rules);
    }

    @Override
    public void insertRole(String name) {
        mayFail();
        roles.put(name, new Role(name, Permissions.NONE, List.of()));
    }

    @Override
    public void deleteRole(String name) {
        mayFail();
        roles.remove(name);
        rules = new ArrayList<>(rules.stream()
                .map(rule -> named(rule, rule.users(), without(rule.roles(), name)))
                .toList());
        deleteGrantsOfNobody();
    }

    @Override
    public void putRolePermissions(String role, Permissions permissions) {
        mayFail();
        roles.put(role, new Role(role, permissions, roles.get(role).users()));
    }

    @Override
    public void putRoleMembers(String role, Collection<String> users) {
        mayFail();
        roles.put(role, new Role(role, roles.get(role).permissions(), List.copyOf(users)));
    }

    @Override
    public void putUserPermissions(String user, Permissions permissions) {
        mayFail();
        userPermissions.put(user, permissions);
    }

    @Override
    public void deletePermissions(String database) {
        mayFail();
        userPermissions.replaceAll((user, held) -> without(held, database));
        roles.replaceAll((name, role) -> new Role(name, without(role.permissions(), database), role.users()));
    }

    private static Permissions without(Permissions permissions, String scope) {
        Map<String, java.util.Set<dev.sluice.model.Permission>> rest = new LinkedHashMap<>(permissions.byScope());
        rest.remove(scope);
        return new Permissions(rest);
    }

    @Override
    public AccessRule insertRule(AccessRule rule) {
        mayFail();
        AccessRule kept = rule.withId(String.valueOf(nextId++));
        rules.add(kept);
        return kept;
    }

    @Override
    public void deleteRule(String id) {
        mayFail();
        rules.removeIf(rule -> rule.id().equals(id));
    }

    @Override
    public void deleteGrantsOfNobody() {
        rules.removeIf(rule -> rule.kind() == Kind.GRANT
                && rule.users().isEmpty()
                && rule.roles().isEmpty());
    }
}
