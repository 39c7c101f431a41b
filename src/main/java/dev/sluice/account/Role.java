package dev.sluice.account;

import java.util.List;

/**
 * A name for permissions that several users share. Immutable.
 *
 * @param name unique
 * @param permissions what its members may do
 * @param users names of its members, in order of creation
 */
public record Role(String name, Permissions permissions, List<String> users) {

    public Role {
        users = List.copyOf(users);
    }
}
