package dev.sluice.account;

import dev.sluice.model.Permission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Permissions by what they are for: {@link #EVERYWHERE} or the name of a database. Immutable; no scope is empty.
 *
 * @param byScope in order of the scopes' names
 */
public record Permissions(Map<String, Set<Permission>> byScope) {

    /** The scope of permissions that hold for every database and for what belongs to none. */
    public static final String EVERYWHERE = "";

    /** No permission. */
    public static final Permissions NONE = new Permissions(Map.of());

    /** Every permission, everywhere. */
    public static final Permissions ALL = new Permissions(Map.of(EVERYWHERE, EnumSet.allOf(Permission.class)));

    public Permissions {
        Map<String, Set<Permission>> copy = new TreeMap<>();
        byScope.forEach((scope, permissions) -> {
            if (!permissions.isEmpty()) {
                copy.put(scope, Collections.unmodifiableSet(EnumSet.copyOf(permissions)));
            }
        });
        byScope = Collections.unmodifiableMap(copy);
    }

    /** Permissions of one scope. */
    public static Permissions of(String scope, Permission first, Permission... others) {
        return new Permissions(Map.of(scope, EnumSet.of(first, others)));
    }

    public boolean isEmpty() {
        return byScope.isEmpty();
    }

    /** Whether the permission is held for the database, or everywhere. */
    public boolean has(Permission permission, String database) {
        return holds(EVERYWHERE, permission) || holds(database, permission);
    }

    /** Whether nothing is missing. */
    public boolean isEverything() {
        return byScope.getOrDefault(EVERYWHERE, Set.of()).size() == Permission.values().length;
    }

    private boolean holds(String scope, Permission permission) {
        Set<Permission> held = byScope.get(scope);
        return held != null && held.contains(permission);
    }

    /** These and others. */
    public Permissions plus(Permissions others) {
        if (isEmpty() || others.isEmpty()) {
            return isEmpty() ? others : this;
        }
        Map<String, Set<Permission>> sum = new TreeMap<>(byScope);
        others.byScope.forEach((scope, permissions) -> sum.merge(scope, permissions, (mine, more) -> {
            Set<Permission> both = EnumSet.copyOf(mine);
            both.addAll(more);
            return both;
        }));
        return new Permissions(sum);
    }

    /** These without others, scope by scope: taking something away everywhere leaves what is held for a database. */
    public Permissions minus(Permissions others) {
        Map<String, Set<Permission>> rest = new TreeMap<>(byScope);
        others.byScope.forEach((scope, permissions) -> rest.computeIfPresent(scope, (same, mine) -> {
            Set<Permission> left = EnumSet.copyOf(mine);
            left.removeAll(permissions);
            return left;
        }));
        return new Permissions(rest);
    }
}
