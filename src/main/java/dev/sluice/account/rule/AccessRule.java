package dev.sluice.account.rule;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A restriction or a grant. Immutable.
 *
 * @param id given by the store; empty for a rule that is not kept yet
 * @param kind which of the two
 * @param database which databases
 * @param measurement which measurements; null for all
 * @param tags which series, all of these; empty for all
 * @param actions what is taken or given; not empty
 * @param users names of those a grant is for; empty in a restriction
 * @param roles names of roles whose members a grant is for; empty in a restriction
 */
public record AccessRule(
        String id,
        Kind kind,
        NameMatcher database,
        @Nullable NameMatcher measurement,
        List<TagMatcher> tags,
        Set<Action> actions,
        List<String> users,
        List<String> roles) {

    /** Kinds of rules. */
    public enum Kind {
        RESTRICTION,
        GRANT
    }

    /** What a rule is about. */
    public enum Action {
        READ,
        WRITE
    }

    public AccessRule {
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a rule is about reading, writing or both");
        }
        tags = List.copyOf(tags);
        actions = Collections.unmodifiableSet(EnumSet.copyOf(actions));
        users = List.copyOf(users);
        roles = List.copyOf(roles);
    }

    /** The same rule as it is kept. */
    public AccessRule withId(String given) {
        return new AccessRule(given, kind, database, measurement, tags, actions, users, roles);
    }

    /** Whether any series of a measurement may be meant. */
    public boolean concerns(String databaseName, String measurementName) {
        return database.matches(databaseName) && (measurement == null || measurement.matches(measurementName));
    }

    /** Whether a grant is for a user who is in the given roles. */
    public boolean isFor(String user, Set<String> rolesOfUser) {
        return users.contains(user) || roles.stream().anyMatch(rolesOfUser::contains);
    }
}
