package dev.sluice.statement;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import java.util.Map;
import java.util.Optional;

/**
 * Which limits a caller has: those of the user when there are any, else the best of the user's roles, else those of
 * everybody. Admins and callers without a name have none.
 *
 * @param byUser limits by the names of users
 * @param byRole limits by the names of roles
 * @param others limits of all others
 */
public record LimitsByCaller(Map<String, CallerLimits> byUser, Map<String, CallerLimits> byRole, CallerLimits others) {

    /** No limits for anybody. */
    public static final LimitsByCaller NONE = new LimitsByCaller(Map.of(), Map.of(), CallerLimits.NONE);

    public LimitsByCaller {
        byUser = Map.copyOf(byUser);
        byRole = Map.copyOf(byRole);
    }

    public CallerLimits of(Caller caller) {
        if (this == NONE || caller.isAdmin() || caller.user().isEmpty()) {
            return CallerLimits.NONE;
        }
        UserAccount user = caller.user().get();
        CallerLimits own = byUser.get(user.name());
        if (own != null) {
            return own;
        }
        Optional<CallerLimits> best = user.access().roles().stream()
                .filter(byRole::containsKey)
                .map(byRole::get)
                .reduce(CallerLimits::orBetter);
        return best.orElse(others);
    }
}
