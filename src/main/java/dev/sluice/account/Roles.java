package dev.sluice.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Roles, and the permissions of roles and users ("Enterprise users and permissions", 1.x). Reading never blocks; a change
 * is durable and acts on the very next call when its call returns. Violations of the rules throw {@link
 * AccountException}.
 */
public interface Roles {

    /** All roles in order of creation. */
    List<Role> roles();

    Optional<Role> findRole(String name);

    /** What a user holds; {@link UserAccess#NONE} when there is nothing, or no such user. */
    UserAccess accessOf(String user);

    /** What somebody holds who is in the given roles, those that exist of them, by the word of somebody else. */
    UserAccess accessThrough(Collection<String> roles);

    void createRole(String name);

    /** Removes a role; its members stay. */
    void dropRole(String name);

    /** Puts existing users into a role; those who are in it already stay. */
    void addMembers(String role, Collection<String> users);

    /** Takes users out of a role. */
    void removeMembers(String role, Collection<String> users);

    void addRolePermissions(String role, Permissions permissions);

    void removeRolePermissions(String role, Permissions permissions);

    /** Gives permissions to an existing user. */
    void addUserPermissions(String user, Permissions permissions);

    void removeUserPermissions(String user, Permissions permissions);

    /** Forgets a user who was dropped. */
    void forgetUser(String user);

    /** Forgets all permissions on a database that was dropped. */
    void forgetDatabase(String database);
}
