package dev.sluice.account;

import dev.sluice.model.Privilege;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A user as it was at one moment, without the password. Immutable.
 *
 * @param name unique
 * @param admin whether everything is allowed
 * @param grants privileges by database name, in the order in which they were first granted
 */
public record UserAccount(String name, boolean admin, Map<String, Privilege> grants) {

    public UserAccount {
        grants = Collections.unmodifiableMap(new LinkedHashMap<>(grants));
    }

    /** Whether the user may do on the database what the privilege stands for. */
    public boolean may(Privilege needed, String database) {
        return admin || grants.getOrDefault(database, Privilege.NONE).covers(needed);
    }
}
