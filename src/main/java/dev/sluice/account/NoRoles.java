package dev.sluice.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** See {@link Roles#NONE}. */
final class NoRoles implements Roles {

    @Override
    public List<Role> roles() {
        return List.of();
    }

    @Override
    public Optional<Role> findRole(String name) {
        return Optional.empty();
    }

    @Override
    public UserAccess accessOf(String user) {
        return UserAccess.NONE;
    }

    @Override
    public UserAccess accessThrough(Collection<String> roles) {
        return UserAccess.NONE;
    }

    @Override
    public void createRole(String name) {
        throw unsupported();
    }

    @Override
    public void dropRole(String name) {
        throw unsupported();
    }

    @Override
    public void addMembers(String role, Collection<String> users) {
        throw unsupported();
    }

    @Override
    public void removeMembers(String role, Collection<String> users) {
        throw unsupported();
    }

    @Override
    public void addRolePermissions(String role, Permissions permissions) {
        throw unsupported();
    }

    @Override
    public void removeRolePermissions(String role, Permissions permissions) {
        throw unsupported();
    }

    @Override
    public void addUserPermissions(String user, Permissions permissions) {
        throw unsupported();
    }

    @Override
    public void removeUserPermissions(String user, Permissions permissions) {
        throw unsupported();
    }

    @Override
    public void forgetUser(String user) {
        // Nothing is known of anybody.
    }

    @Override
    public void forgetDatabase(String database) {
        // Nothing is known of it.
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("there are no roles");
    }
}
