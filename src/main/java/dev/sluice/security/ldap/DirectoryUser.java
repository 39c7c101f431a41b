package dev.sluice.security.ldap;

import java.util.Set;

/**
 * What a directory says of somebody whose password was right.
 *
 * @param name as the directory writes it
 * @param admin whether a group of theirs may do everything
 * @param roles that their groups give; they need not exist
 */
record DirectoryUser(String name, boolean admin, Set<String> roles) {

    DirectoryUser {
        roles = Set.copyOf(roles);
    }
}
