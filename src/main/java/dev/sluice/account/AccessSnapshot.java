package dev.sluice.account;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Roles, permissions and rules at one moment. Immutable; a change makes a new one. */
final class AccessSnapshot {

    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, UserAccess> accessByUser = new HashMap<>();
    private final List<AccessRule> restrictions;
    private final List<AccessRule> grants;

    AccessSnapshot(AccessStore.Contents contents) {
        contents.roles().forEach(role -> roles.put(role.name(), role));
        restrictions = rules(contents, Kind.RESTRICTION);
        grants = rules(contents, Kind.GRANT);
        Map<String, Set<String>> rolesByUser = new HashMap<>();
        for (Role role : contents.roles()) {
            role.users()
                    .forEach(user -> rolesByUser
                            .computeIfAbsent(user, fresh -> new HashSet<>())
                            .add(role.name()));
        }
        Set<String> users = new HashSet<>(rolesByUser.keySet());
        users.addAll(contents.userPermissions().keySet());
        for (String user : users) {
            Permissions own = contents.userPermissions().getOrDefault(user, Permissions.NONE);
            accessByUser.put(user, access(rolesByUser.getOrDefault(user, Set.of()), own));
        }
    }

    private static List<AccessRule> rules(AccessStore.Contents contents, Kind kind) {
        return contents.rules().stream().filter(rule -> rule.kind() == kind).toList();
    }

    List<Role> roles() {
        return List.copyOf(roles.values());
    }

    @Nullable
    Role find(String role) {
        return roles.get(role);
    }

    Role load(String name) {
        Role role = roles.get(name);
        if (role == null) {
            throw new AccountException("role not found");
        }
        return role;
    }

    UserAccess accessOf(String user) {
        return accessByUser.getOrDefault(user, UserAccess.NONE);
    }

    /** What the members of roles hold who have the given permissions besides. */
    UserAccess access(Collection<String> names, Permissions own) {
        Set<String> known = new HashSet<>(names);
        known.retainAll(roles.keySet());
        Permissions effective = own;
        for (String name : known) {
            effective = effective.plus(load(name).permissions());
        }
        return new UserAccess(known, own, effective);
    }

    List<AccessRule> rules(Kind kind) {
        return kind == Kind.RESTRICTION ? restrictions : grants;
    }
}
