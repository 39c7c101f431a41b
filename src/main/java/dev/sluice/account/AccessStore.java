package dev.sluice.account;

import dev.sluice.account.rule.AccessRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps roles, permissions and rules over restarts. Each change is one transaction that is durable when the call returns;
 * a call that throws may have changed everything it was asked to or nothing. Calls come from one thread at a time and only
 * ask for what the rules allow.
 */
public interface AccessStore {

    /** All that is kept. */
    Contents load();

    void insertRole(String name);

    /** Forgets a role, also where rules name it; a grant that names nobody any more goes with it. */
    void deleteRole(String name);

    void putRolePermissions(String role, Permissions permissions);

    void putRoleMembers(String role, Collection<String> users);

    void putUserPermissions(String user, Permissions permissions);

    /** Forgets everybody's permissions on a database. */
    void deletePermissions(String database);

    /** Keeps a new rule and returns it with its id. */
    AccessRule insertRule(AccessRule rule);

    void deleteRule(String id);

    /** Forgets grants that name neither a user nor a role any more, after a user was dropped. */
    void deleteGrantsOfNobody();

    /**
     * What is kept at one moment.
     *
     * @param roles in order of creation
     * @param userPermissions by name; users without any may be left out
     * @param rules in order of creation
     */
    record Contents(List<Role> roles, Map<String, Permissions> userPermissions, List<AccessRule> rules) {

        public Contents {
            roles = List.copyOf(roles);
            userPermissions = Map.copyOf(userPermissions);
            rules = List.copyOf(rules);
        }
    }
}
