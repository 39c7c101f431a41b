package dev.sluice.account;

import java.util.Set;

/**
 * What a user holds beside the grants of InfluxQL, as of one moment. Immutable.
 *
 * @param roles names of the roles the user is in
 * @param own permissions given to the user
 * @param effective those and the ones of the roles
 */
public record UserAccess(Set<String> roles, Permissions own, Permissions effective) {

    /** No role, no permission. */
    public static final UserAccess NONE = new UserAccess(Set.of(), Permissions.NONE, Permissions.NONE);

    public UserAccess {
        roles = Set.copyOf(roles);
    }
}
